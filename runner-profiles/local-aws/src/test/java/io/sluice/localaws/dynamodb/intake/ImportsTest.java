/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.localaws.dynamodb.service.S3Service;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportsTest {

  private final S3Service service = new S3Service();

  private static String request(String token, String more, String table) {
    return "{'ClientToken':'"
        + token
        + "','S3BucketSource':{'S3Bucket':'bucket','S3KeyPrefix':'in/'},"
        + "'InputFormat':'DYNAMODB_JSON'"
        + more
        + ",'TableCreationParameters':"
        + S3Service.table(table)
        + "}";
  }

  private Map<String, Object> start(String token, String table) {
    return S3Service.object(
        service.ok("ImportTable", request(token, "", table)), "ImportTableDescription");
  }

  private Map<String, Object> described(Map<String, Object> started) {
    return S3Service.object(
        service.ok("DescribeImport", "{'ImportArn':'" + started.get("ImportArn") + "'}"),
        "ImportTableDescription");
  }

  @Test
  void saysWhatItWillDoAndThenWhatItDid() {
    String line = "{'Item':{'h':{'S':'a'},'r':{'N':'1'}}}\n";
    service.write("in/1", line);
    Map<String, Object> started = start("t", "abc");
    BigDecimal time = BigDecimal.valueOf(service.now().toEpochMilli(), 3);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("ImportArn", started.get("ImportArn"));
    expected.put("ImportStatus", "IN_PROGRESS");
    expected.put("TableArn", S3Service.ARN);
    expected.put(
        "S3BucketSource",
        Map.of("S3BucketOwner", "000000000000", "S3Bucket", "bucket", "S3KeyPrefix", "in/"));
    expected.put(
        "CloudWatchLogGroupArn",
        "arn:aws:logs:eu-west-1:000000000000:log-group:/aws-dynamodb/imports:*");
    expected.put("InputFormat", "DYNAMODB_JSON");
    expected.put("StartTime", time);
    expected.put("TableId", started.get("TableId"));
    expected.put("ClientToken", "t");
    expected.put("InputCompressionType", "NONE");
    expected.put(
        "TableCreationParameters",
        S3Service.tree(S3Service.table("abc").replace('\'', '"').getBytes(UTF_8)));
    expected.put("ProcessedItemCount", BigDecimal.ZERO);
    expected.put("ImportedItemCount", BigDecimal.ZERO);
    expected.put("ErrorCount", BigDecimal.ZERO);
    assertThat(started, is(expected));
    assertThat((String) started.get("ImportArn"), startsWith(S3Service.ARN + "/import/0176732"));
    service.runJobs();
    expected.put("ImportStatus", "COMPLETED");
    expected.put("ProcessedItemCount", BigDecimal.ONE);
    expected.put("ImportedItemCount", BigDecimal.ONE);
    expected.put("EndTime", time);
    expected.put("ProcessedSizeBytes", BigDecimal.valueOf(line.length()));
    assertThat(described(started), is(expected));
    assertThat(
        S3Service.object(service.ok("DescribeTable", "{'TableName':'abc'}"), "Table")
            .get("TableId"),
        is(started.get("TableId")));
  }

  @Test
  void showsTheTableWhenItIsComplete() {
    start("t", "abc");
    assertThat(
        service.error("DescribeTable", "{'TableName':'abc'}"),
        startsWith("ResourceNotFoundException"));
    service.runJobs();
    assertThat(service.items("abc"), is(Set.of()));
  }

  @Test
  void isOfANewTable() {
    Map<String, Object> first = start("1", "abc");
    Map<String, Object> second = start("2", "abc");
    service.runJobs();
    assertThat(described(first).get("ImportStatus"), is("COMPLETED"));
    assertThat(described(second).get("FailureCode"), is("TableAlreadyExists"));
    assertThat(
        service.error("ImportTable", request("1", "", "abc")),
        is("ResourceInUseException: Table already exists: abc"));
  }

  @Test
  void isTheSameForATokenWhateverElseIsAskedFor() {
    Map<String, Object> first = start("t", "abc");
    Set<String> maps = service.maps();
    assertThat(
        service.ok("ImportTable", request("t", ",'InputCompressionType':'GZIP'", "abc")),
        is(Map.of("ImportTableDescription", first)));
    assertThat(
        service.error("ImportTable", request("t", "", "other")),
        is(
            "ImportConflictException: Import conflict: Duplicate request detected with "
                + "conflicting parameters"));
    assertThat(service.maps(), is(maps));
    service.runJobs();
    service.ok("DeleteTable", "{'TableName':'abc'}");
    assertThat(start("t", "abc").get("ImportArn"), is(first.get("ImportArn")));
    service.passes(Duration.ofHours(8));
    assertThat(start("t", "abc").get("ImportArn"), is(not(first.get("ImportArn"))));
  }

  @Test
  void failsWithoutTheBucketAndMakesNoTable() {
    Map<String, Object> started =
        S3Service.object(
            service.ok("ImportTable", request("t", "", "abc").replace("'bucket'", "'nobody'")),
            "ImportTableDescription");
    service.runJobs();
    Map<String, Object> ended = described(started);
    assertThat(ended.get("ImportStatus"), is("FAILED"));
    assertThat(ended.get("FailureCode"), is("S3NoSuchBucket"));
    assertThat(
        service.error("DescribeTable", "{'TableName':'abc'}"),
        startsWith("ResourceNotFoundException"));
    assertThat(service.maps(), is(Set.of("tables")));
  }

  @Test
  void refusesRequestsThatAreNotValid() {
    assertThat(
        service.error("ImportTable", request("t", "", "abc").replace("'ClientToken':'t',", "")),
        is(
            "ValidationException: 1 validation error detected: Value null at 'clientToken' failed "
                + "to satisfy constraint: Member must not be null"));
    assertThat(
        service.error("ImportTable", request("t", ",'InputCompressionType':'BZIP2'", "abc")),
        is(
            "ValidationException: 1 validation error detected: Value 'BZIP2' at "
                + "'inputCompressionType' failed to satisfy constraint: Member must satisfy enum "
                + "value set: [ZSTD, NONE, GZIP]"));
    assertThat(
        service.error(
            "ImportTable", request("t", ",'InputFormatOptions':{'Csv':{'Delimiter':','}}", "abc")),
        is(
            "ValidationException: Invalid Request: Unsupported InputFormatOptions for the given "
                + "input format: DYNAMODB_JSON."));
    assertThat(
        service.error(
            "ImportTable", request("t", "", "abc").replace(",'BillingMode':'PAY_PER_REQUEST'", "")),
        is(
            "ValidationException: One or more parameter values were invalid: ReadCapacityUnits "
                + "and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void listsTheLatestFirstByPages() {
    List<Object> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      started.add(0, start("t" + i, "abc" + i).get("ImportArn"));
    }
    Map<String, Object> page = service.ok("ListImports", "{'PageSize':2}");
    Map<String, Object> rest =
        service.ok("ListImports", "{'NextToken':'" + page.get("NextToken") + "'}");
    List<Object> arns = new ArrayList<>();
    for (Map<String, Object> each : List.of(page, rest)) {
      ((List<Map<String, Object>>) each.get("ImportSummaryList"))
          .forEach(summary -> arns.add(summary.get("ImportArn")));
    }
    assertThat(arns, is(started));
    assertThat(
        ((List<?>)
                service
                    .ok("ListImports", "{'TableArn':'" + S3Service.ARN + "1'}")
                    .get("ImportSummaryList"))
            .size(),
        is(1));
    assertThat(
        service.error("ListImports", "{'NextToken':'" + "0".repeat(112) + "'}"),
        is("ValidationException: Invalid NextToken"));
  }

  @Test
  void tellsImportsThatAreNotThereFromWhatIsNoImport() {
    String arn = S3Service.ARN + "/import/01767323045678-00000000";
    assertThat(
        service.error("DescribeImport", "{'ImportArn':'" + arn + "'}"),
        is("ImportNotFoundException: Import not found: " + arn));
    assertThat(
        service.error("DescribeImport", "{'ImportArn':'" + S3Service.ARN + "'}"),
        is("ValidationException: Invalid Import ARN"));
  }
}
