/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ImportFilesTest {

  private final S3Service service = new S3Service();

  private Map<String, Object> ended(String format) {
    Map<String, Object> started =
        S3Service.object(
            service.ok(
                "ImportTable",
                "{'ClientToken':'t','S3BucketSource':{'S3Bucket':'bucket','S3KeyPrefix':'in/'},"
                    + "'InputFormat':"
                    + format
                    + ",'TableCreationParameters':"
                    + S3Service.table("abc")
                    + "}"),
            "ImportTableDescription");
    service.runJobs();
    return S3Service.object(
        service.ok("DescribeImport", "{'ImportArn':'" + started.get("ImportArn") + "'}"),
        "ImportTableDescription");
  }

  private static Map<String, Object> counts(Map<String, Object> ended) {
    Map<String, Object> counts = new LinkedHashMap<>();
    for (String name :
        List.of("ImportStatus", "ProcessedItemCount", "ImportedItemCount", "ErrorCount")) {
      counts.put(name, ended.get(name));
    }
    return counts;
  }

  private static Map<String, Object> counts(String status, int imported, int errors) {
    return Map.of(
        "ImportStatus",
        status,
        "ProcessedItemCount",
        BigDecimal.valueOf(imported + errors),
        "ImportedItemCount",
        BigDecimal.valueOf(imported),
        "ErrorCount",
        BigDecimal.valueOf(errors));
  }

  private static Map<String, Value> item(String hash, int range, String... more) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("h", new Value.S(hash));
    item.put("r", new Value.N(BigDecimal.valueOf(range)));
    for (int i = 0; i < more.length; i += 2) {
      item.put(more[i], new Value.S(more[i + 1]));
    }
    return item;
  }

  private List<String> errorLog() {
    return service.keys("aws-dynamodb/imports/").stream()
        .flatMap(key -> new String(service.content(key), UTF_8).lines())
        .map(line -> line.replace('"', '\''))
        .toList();
  }

  @Test
  void readsCsvWithAHeader() {
    service.write("in/1", "h,r,v\r\na,1,x\r\n\r\nb,2.0,'y, z'\r\nc,3,\r\nd,4");
    assertThat(counts(ended("'CSV'")), is(counts("COMPLETED", 4, 0)));
    assertThat(
        service.items("abc"),
        is(Set.of(item("a", 1, "v", "x"), item("b", 2, "v", "y, z"), item("c", 3), item("d", 4))));
  }

  @Test
  void readsCsvWithItsOptions() {
    service.write("in/1", "\uFEFFa;1;007\nb;2;x");
    service.write("in/2", "");
    String options = ",'InputFormatOptions':{'Csv':{'Delimiter':';','HeaderList':['h','r','v']}}";
    assertThat(counts(ended("'CSV'" + options)), is(counts("COMPLETED", 2, 0)));
    assertThat(service.items("abc"), is(Set.of(item("a", 1, "v", "007"), item("b", 2, "v", "x"))));
  }

  @Test
  void logsTheLinesOfCsvThatAreNoItems() {
    service.write("in/1", "h,r\na,one\nb,2\n,3\nc,4,5\n");
    Map<String, Object> ended = ended("'CSV'");
    assertThat(counts(ended), is(counts("FAILED", 1, 3)));
    assertThat(ended.get("FailureCode"), is("ItemValidationError"));
    assertThat(
        ended.get("FailureMessage"),
        is(
            "Some of the items failed validation checks and were not imported. Please check "
                + "CloudWatch error logs for more details."));
    String arn = "'importArn':'" + ended.get("ImportArn") + "','errorMessages':[";
    String at = "{'itemS3Pointer':{'bucket':'bucket','key':'in/1','itemIndex':";
    assertThat(
        errorLog(),
        is(
            List.of(
                at + "0}," + arn + "'The parameter cannot be converted to a numeric value: one']}",
                at
                    + "2},"
                    + arn
                    + "'One or more parameter values were invalid: Missing the key h in the "
                    + "item']}",
                at + "3}," + arn + "'The line has 3 fields, and there are 2 headers']}")));
    assertThat(service.items("abc"), is(Set.of(item("b", 2))));
  }

  @Test
  void goesOnAfterItemsThatAreNotValidAndNotAfterWhatIsNoItem() {
    String good = "{'Item':{'h':{'S':'a'},'r':{'N':'1'}}}\n";
    service.write("in/1", "{'Item':{'h':{'S':'a'}}}\n  \n" + good);
    service.write("in/2", good.replace("'a'", "'b'") + "{'Item':\n" + good.replace("'a'", "'c'"));
    service.write("in/3", "{'NotAnItem':{'h':{'S':'a'},'r':{'N':'1'}}}\n" + good);
    service.write("in/4", "{'Item':{'h':{'S':'a'},'r':{'N':'1'},'':{'S':'x'}}}");
    service.write("in/5", good.replace("'a'", "'d'").trim() + good);
    assertThat(counts(ended("'DYNAMODB_JSON'")), is(counts("FAILED", 2, 5)));
    assertThat(service.items("abc"), is(Set.of(item("a", 1), item("b", 1))));
    assertThat(errorLog().size(), is(5));
  }

  @Test
  void keepsTheLastOfItemsWithTheSameKey() {
    String line = "{'Item':{'h':{'S':'a'},'r':{'N':'1'},'v':{'S':'first'}}}\n";
    service.write("in/1", line + line.replace("first", "second"));
    service.write("in/2", line.replace("first", "third").replace("'1'", "'1.0'"));
    assertThat(counts(ended("'DYNAMODB_JSON'")), is(counts("COMPLETED", 3, 0)));
    assertThat(service.items("abc"), is(Set.of(item("a", 1, "v", "third"))));
  }

  @Test
  void decompresses() throws IOException {
    byte[] line = "{\"Item\":{\"h\":{\"S\":\"a\"},\"r\":{\"N\":\"1\"}}}\n".getBytes(UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(line);
    }
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(zstd)) {
      out.write(line);
    }
    service.write("in/gzip", gzip.toByteArray());
    service.write("in/plain", line);
    service.write("in/zstd", zstd.toByteArray());
    service.write("in/nothing", new byte[0]);
    for (String compression : List.of("GZIP", "NONE", "ZSTD")) {
      Map<String, Object> ended =
          ended("'DYNAMODB_JSON','InputCompressionType':'" + compression + "'");
      assertThat(compression, counts(ended), is(counts("FAILED", 1, 2)));
      service.ok("DeleteTable", "{'TableName':'abc'}");
      service.passes(Duration.ofHours(9));
    }
  }

  @Test
  void readsIonThatOthersWrote() {
    service.write(
        "in/1",
        "$ion_1_0 {Item:{h:\"a\",r:1,v:\"x\"}}\n$ion_1_0\n{Item:{h:\"b\",r:2d0}} "
            + "{Item:{h:\"c\"}} {Item:{h:\"d\",r:2024-01-01}} {Item:{h:\"e\",r:1}}");
    assertThat(counts(ended("'ION'")), is(counts("FAILED", 2, 2)));
    assertThat(service.items("abc"), is(Set.of(item("a", 1, "v", "x"), item("b", 2))));
  }

  @Test
  void readsNoErrorsOfEarlierImports() {
    service.write("in/1", "{");
    ended("'DYNAMODB_JSON'");
    service.ok("DeleteTable", "{'TableName':'abc'}");
    service.write("in/1", "");
    assertThat(errorLog().size(), is(1));
    Map<String, Object> started =
        S3Service.object(
            service.ok(
                "ImportTable",
                "{'ClientToken':'all','S3BucketSource':{'S3Bucket':'bucket'},"
                    + "'InputFormat':'DYNAMODB_JSON','TableCreationParameters':"
                    + S3Service.table("abc")
                    + "}"),
            "ImportTableDescription");
    service.runJobs();
    assertThat(
        S3Service.object(
                service.ok("DescribeImport", "{'ImportArn':'" + started.get("ImportArn") + "'}"),
                "ImportTableDescription")
            .get("ImportStatus"),
        is("COMPLETED"));
  }

  @Test
  void readsNoCsvThatIsNotInUtf8() {
    byte[] text = "h,r\na\u00e9,1\n".getBytes(UTF_8);
    service.write("in/1", text);
    byte[] other = "h,r\na?,2\n".getBytes(UTF_8);
    other[5] = (byte) 0xE9;
    service.write("in/2", other);
    assertThat(counts(ended("'CSV'")), is(counts("FAILED", 1, 1)));
    assertThat(service.items("abc"), is(Set.of(item("a\u00e9", 1))));
    assertThat(errorLog().get(0).contains("The object is not in UTF-8"), is(true));
  }

  @Test
  void readsNoCsvWithHeadersThatAreEmptyOrRepeated() {
    service.write("in/1", "h,r,\na,1,x\n");
    service.write("in/2", "h,r,v,v\nb,1,x,y\n");
    service.write("in/3", "\uFEFFh,r\nc,1\n");
    assertThat(counts(ended("'CSV'")), is(counts("FAILED", 1, 2)));
    assertThat(service.items("abc"), is(Set.of(item("c", 1))));
    assertThat(errorLog().get(0).contains("A header is empty"), is(true));
    assertThat(errorLog().get(1).contains("Two headers have the same name"), is(true));
  }

  @Test
  void logsWhatWasRefusedBeforeItFailed() {
    service.write("in/1", "h,r\na,one\n");
    service.write("in/2", "h,r\nb,2\n");
    service.breaksReads("in/2", new StackOverflowError());
    assertThat(counts(ended("'CSV'")), is(counts("FAILED", 0, 1)));
    assertThat(errorLog().size(), is(1));
  }

  @Test
  void countsTheErrorsThatItsLogHasNoPlaceFor() {
    String line = "a,one\n";
    int errors = 100_000;
    service.write("in/1", "h,r\n" + line.repeat(errors));
    assertThat(counts(ended("'CSV'")), is(counts("FAILED", 0, errors)));
    List<String> log = errorLog();
    String last = log.get(log.size() - 1);
    assertThat(
        last.contains("'" + (errors - log.size() + 1) + " more errors are not listed'"), is(true));
    assertThat(log.size() < errors, is(true));
  }
}
