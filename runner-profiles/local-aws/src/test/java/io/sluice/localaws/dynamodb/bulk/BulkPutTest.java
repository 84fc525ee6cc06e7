/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkPutTest {

  private final S3Service service = new S3Service();

  @BeforeEach
  void create() {
    service.ok("CreateTable", S3Service.table("abc"));
  }

  private static String request(String format, String types, String more) {
    return "{'TableName':'abc','InputS3Configuration':{'S3Bucket':'bucket','S3KeyPrefix':'in/',"
        + "'InputFormat':'"
        + format
        + "'},'OutputS3Configuration':{'S3Bucket':'bucket','S3KeyPrefix':'out','OutputType':["
        + types
        + "]}"
        + more
        + "}";
  }

  private Map<String, Object> start(String format) {
    return S3Service.object(
        service.ok("StartBulkPutItems", request(format, "'ERROR','CONDITION_CHECK_FAILURE'", "")),
        "BulkOperationDescription");
  }

  private Map<String, Object> described(Map<String, Object> started) {
    return S3Service.object(
        service.ok(
            "DescribeBulkOperation",
            "{'BulkOperationArn':'" + started.get("BulkOperationArn") + "'}"),
        "BulkOperationDescription");
  }

  private static String line(String hash, int range, String more) {
    return "{'Item':{'h':{'S':'" + hash + "'},'r':{'N':'" + range + "'}}" + more + "}\n";
  }

  private static Map<String, Value> item(String hash, int range) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("h", new Value.S(hash));
    item.put("r", new Value.N(BigDecimal.valueOf(range)));
    return item;
  }

  private List<String> report(String type) {
    List<String> lines = new ArrayList<>();
    for (String key : service.keys("out/AWSDynamoDB/")) {
      if (key.endsWith("/" + type + "/records.json.gz")) {
        service.lines(key).forEach(line -> lines.add(line.replace('"', '\'')));
      }
    }
    return lines;
  }

  private String manifest() {
    String key =
        service.keys("out/AWSDynamoDB/").stream()
            .filter(each -> each.endsWith("/manifest.json"))
            .findFirst()
            .orElseThrow();
    return new String(service.content(key), StandardCharsets.UTF_8).replace('"', '\'');
  }

  @Test
  void putsTheItemsOfAllObjects() {
    service.write("in/1", line("a", 1, "") + "\n" + line("a", 2, ""));
    service.write("in/2", line("b", 1, ""));
    Map<String, Object> started = start("DYNAMODB_JSON");
    assertThat(started.get("BulkOperationStatus"), is("IN_PROGRESS"));
    service.runJobs();
    Map<String, Object> ended = described(started);
    assertThat(ended.get("BulkOperationStatus"), is("COMPLETED"));
    assertThat(ended.get("FailedItemCount"), is(BigDecimal.ZERO));
    assertThat(service.items("abc"), is(Set.of(item("a", 1), item("a", 2), item("b", 1))));
    assertThat(report("ERROR"), is(List.of()));
    assertThat(
        manifest().contains("'processedItemCount':3,'writtenItemCount':3,'failedItemCount':0"),
        is(true));
  }

  @Test
  void putsItemsOfIon() {
    service.write("in/1", "{Item:{h:\"a\",r:1}} {Item:{h:\"b\",r:2.}}");
    start("ION");
    service.runJobs();
    assertThat(service.items("abc"), is(Set.of(item("a", 1), item("b", 2))));
  }

  @Test
  void reportsItemsThatDoNotMeetTheirCondition() {
    service.put("abc", item("a", 1));
    String condition =
        ",'ConditionExpression':'attribute_not_exists(#h) AND :one = :one',"
            + "'ExpressionAttributeNames':{'#h':'h'},"
            + "'ExpressionAttributeValues':{':one':{'N':'1'}}";
    service.write(
        "in/1",
        line("a", 1, condition)
            + line("b", 1, condition)
            + line("c", 1, ",'ConditionExpression':'attribute_exists(h)'"));
    Map<String, Object> started = start("DYNAMODB_JSON");
    service.runJobs();
    assertThat(described(started).get("BulkOperationStatus"), is("COMPLETED"));
    assertThat(service.items("abc"), is(Set.of(item("a", 1), item("b", 1))));
    String at = "{'itemS3Pointer':{'bucket':'bucket','key':'in/1','itemIndex':";
    assertThat(
        report("CONDITION_CHECK_FAILURE"),
        is(
            List.of(
                at
                    + "0},'errorMessage':'The conditional request failed',"
                    + "'Item':{'h':{'S':'a'},'r':{'N':'1'}},"
                    + "'ExistingItem':{'h':{'S':'a'},'r':{'N':'1'}}}",
                at
                    + "2},'errorMessage':'The conditional request failed',"
                    + "'Item':{'h':{'S':'c'},'r':{'N':'1'}}}")));
    assertThat(manifest().contains("'conditionCheckFailureCount':2"), is(true));
  }

  @Test
  void endsAnObjectAtItsFirstError() {
    service.write("in/1", line("a", 1, "") + "{'Item':{'h':{'S':'a'}}}\n" + line("a", 2, ""));
    service.write("in/2", line("b", 1, "") + "{'Item'\n" + line("b", 2, ""));
    service.write("in/3", line("c", 1, ",'ConditionExpression':'what'"));
    service.write("in/4", line("d", 1, ""));
    Map<String, Object> started = start("DYNAMODB_JSON");
    service.runJobs();
    Map<String, Object> ended = described(started);
    assertThat(ended.get("BulkOperationStatus"), is("COMPLETED_WITH_ERRORS"));
    assertThat(ended.get("FailedItemCount"), is(BigDecimal.valueOf(3)));
    assertThat(service.items("abc"), is(Set.of(item("a", 1), item("b", 1), item("d", 1))));
    assertThat(
        report("ERROR").get(0),
        is(
            "{'itemS3Pointer':{'bucket':'bucket','key':'in/1','itemIndex':1},'errorMessage':"
                + "'One or more parameter values were invalid: Missing the key r in the item',"
                + "'Item':{'h':{'S':'a'}}}"));
    assertThat(report("ERROR").size(), is(3));
  }

  @Test
  void reportsOnlyWhatIsAskedFor() {
    service.write("in/1", "{'Item':{'h':{'S':'a'}}}");
    service.ok("StartBulkPutItems", request("DYNAMODB_JSON", "'CONDITION_CHECK_FAILURE'", ""));
    service.runJobs();
    assertThat(report("ERROR"), is(List.of()));
    assertThat(manifest().contains("'failedItemCount':1"), is(true));
  }

  @Test
  void stopsWhenItIsCancelled() {
    service.write("in/1", line("a", 1, ""));
    Map<String, Object> started = start("DYNAMODB_JSON");
    String one = "{'BulkOperationArn':'" + started.get("BulkOperationArn") + "'}";
    assertThat(service.ok("CancelBulkOperation", one).get("BulkOperationStatus"), is("CANCELLING"));
    assertThat(described(started).get("BulkOperationStatus"), is("CANCELLING"));
    service.runJobs();
    assertThat(described(started).get("BulkOperationStatus"), is("CANCELLED"));
    assertThat(service.items("abc"), is(new HashSet<>()));
    assertThat(
        service.error("CancelBulkOperation", one),
        is(
            "ValidationException: The bulk operation is not in progress: "
                + started.get("BulkOperationArn")));
  }

  @Test
  void failsWithoutABucket() {
    service.write("in/1", line("a", 1, ""));
    for (String bucket : new String[] {"InputS3Configuration", "OutputS3Configuration"}) {
      String request = request("DYNAMODB_JSON", "'ERROR'", "");
      int at = request.indexOf("'bucket'", request.indexOf(bucket));
      Map<String, Object> started =
          S3Service.object(
              service.ok(
                  "StartBulkPutItems",
                  request.substring(0, at) + "'nobody'" + request.substring(at + 8)),
              "BulkOperationDescription");
      service.runJobs();
      Map<String, Object> ended = described(started);
      assertThat(ended.get("BulkOperationStatus"), is("FAILED"));
      assertThat(ended.get("FailureCode"), is("S3NoSuchBucket"));
    }
    assertThat(service.items("abc"), is(new HashSet<>()));
  }

  @Test
  void findsTheOperationOfATokenForEightHours() {
    String request = request("ION", "'ERROR'", ",'ClientToken':'t','PerformanceTier':'STANDARD'");
    Map<String, Object> started = service.ok("StartBulkPutItems", request);
    assertThat(service.ok("StartBulkPutItems", request), is(started));
    assertThat(
        service.error("StartBulkPutItems", request.replace("STANDARD", "ACCELERATED")),
        is(
            "IdempotentParameterMismatchException: Duplicate request detected with conflicting "
                + "parameters"));
    service.passes(Duration.ofHours(8));
    assertThat(service.ok("StartBulkPutItems", request).equals(started), is(false));
  }

  @Test
  @SuppressWarnings("unchecked")
  void listsTheLatestFirst() {
    Map<String, Object> first = start("ION");
    Map<String, Object> second = start("ION");
    Map<String, Object> page = service.ok("ListBulkOperations", "{'MaxResults':1}");
    Map<String, Object> rest =
        service.ok("ListBulkOperations", "{'NextToken':'" + page.get("NextToken") + "'}");
    List<Object> arns = new ArrayList<>();
    for (Map<String, Object> each : List.of(page, rest)) {
      ((List<Map<String, Object>>) each.get("BulkOperationsSummaryList"))
          .forEach(summary -> arns.add(summary.get("BulkOperationArn")));
    }
    assertThat(arns, is(List.of(second.get("BulkOperationArn"), first.get("BulkOperationArn"))));
    assertThat(rest.containsKey("NextToken"), is(false));
  }

  @Test
  void refusesTablesAndOperationsThatAreNotThere() {
    service.ok("DeleteTable", "{'TableName':'abc'}");
    assertThat(
        service.error("StartBulkPutItems", request("ION", "'ERROR'", "")),
        is("ResourceNotFoundException: Requested resource not found: Table: abc not found"));
    String arn = "arn:aws:dynamodb:eu-west-1:000000000000:bulk-operation/0";
    assertThat(
        service.error("DescribeBulkOperation", "{'BulkOperationArn':'" + arn + "'}"),
        is(
            "ResourceNotFoundException: Requested resource not found: BulkOperation: "
                + arn
                + " not found"));
  }

  @Test
  void readsTheFilesOfANativeExportBesideItsReports() {
    service.ok(
        "UpdateContinuousBackups",
        "{'TableName':'abc','PointInTimeRecoverySpecification':"
            + "{'PointInTimeRecoveryEnabled':true}}");
    service.put("abc", item("a", 1));
    service.put("abc", item("b", 2));
    service.ok(
        "ExportTableToPointInTime",
        "{'TableArn':'" + S3Service.ARN + "','S3Bucket':'bucket','S3Prefix':'out'}");
    service.runJobs();
    service.delete("abc", item("a", 1));
    service.delete("abc", item("b", 2));
    String data =
        service.keys("out/AWSDynamoDB/").stream()
            .filter(key -> key.contains("/data/"))
            .map(key -> key.substring(0, key.indexOf("/data/") + 6))
            .findFirst()
            .orElseThrow();
    String request =
        request("DYNAMODB_JSON", "'ERROR'", "")
            .replace("'in/'", "'" + data + "','InputCompressionType':'GZIP'");
    service.ok("StartBulkPutItems", request);
    service.runJobs();
    assertThat(manifest().contains("'writtenItemCount':2,'failedItemCount':0"), is(true));
    assertThat(service.items("abc"), is(Set.of(item("a", 1), item("b", 2))));
  }

  @Test
  void readsNoReportsOfEarlierBulkPuts() {
    service.write("in/1", "no record");
    start("DYNAMODB_JSON");
    service.runJobs();
    assertThat(report("ERROR").size(), is(1));
    Map<String, Object> second =
        S3Service.object(
            service.ok(
                "StartBulkPutItems",
                request("DYNAMODB_JSON", "'ERROR'", "").replace("'in/'", "'out/'")),
            "BulkOperationDescription");
    service.runJobs();
    assertThat(described(second).get("BulkOperationStatus"), is("COMPLETED"));
  }

  @Test
  void keepsTheStatusThatItEndedWith() {
    Tables tables = new Tables(service::now);
    BulkPut put =
        new BulkPut(
            BulkRequest.read(S3Service.quoted(request("ION", "'ERROR'", ""))),
            tables.create(S3Service.quoted(S3Service.table("abc")), "eu-west-1"),
            service.now());
    put.end(service.now(), Optional.empty());
    assertThat(put.cancel(), is(false));
    assertThat(put.status(put.end()), is("COMPLETED"));
    assertThat(put.status(Optional.empty()), is("IN_PROGRESS"));
  }

  @Test
  void reportsWhatWasRefusedBeforeItFailed() {
    service.write("in/1", "no record");
    service.write("in/2", line("a", 1, ""));
    Map<String, Object> started = start("DYNAMODB_JSON");
    service.breaksWrites("abc", new StackOverflowError());
    service.runJobs();
    assertThat(described(started).get("BulkOperationStatus"), is("FAILED"));
    assertThat(report("ERROR").size(), is(1));
    assertThat(manifest().contains("'failedItemCount':1"), is(true));
  }

  @Test
  void failsWithNoRecordAfterItIsCancelled() {
    service.write("in/1", "no gzip");
    Map<String, Object> started =
        S3Service.object(
            service.ok(
                "StartBulkPutItems",
                request("ION", "'ERROR'", "")
                    .replace("'in/'", "'in/','InputCompressionType':'GZIP'")),
            "BulkOperationDescription");
    service.ok(
        "CancelBulkOperation", "{'BulkOperationArn':'" + started.get("BulkOperationArn") + "'}");
    service.runJobs();
    Map<String, Object> ended = described(started);
    assertThat(ended.get("BulkOperationStatus"), is("CANCELLED"));
    assertThat(ended.get("FailedItemCount"), is(BigDecimal.ZERO));
  }
}
