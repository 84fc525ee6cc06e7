/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FullExportTest {

  private static final String EXPORT = "'TableArn':'" + S3Service.ARN + "','S3Bucket':'bucket'";

  private final S3Service service = S3Service.withRecovery();

  private static Map<String, Value> item(String hash, int range) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("h", new Value.S(hash));
    item.put("r", new Value.N(BigDecimal.valueOf(range)));
    return item;
  }

  private static String line(String hash, int range) {
    return "{'Item':{'h':{'S':'%s'},'r':{'N':'%d'}}}".formatted(hash, range).replace('\'', '"');
  }

  private Map<String, Object> export(String options) {
    return S3Service.object(
        service.ok("ExportTableToPointInTime", "{" + EXPORT + options + "}"), "ExportDescription");
  }

  private Map<String, Object> described(Map<String, Object> export) {
    return S3Service.object(
        service.ok("DescribeExport", "{'ExportArn':'" + export.get("ExportArn") + "'}"),
        "ExportDescription");
  }

  private static String id(Map<String, Object> export) {
    String arn = (String) export.get("ExportArn");
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private List<String> lines(String folder) {
    List<String> lines = new ArrayList<>();
    service.keys(folder + "data/").forEach(key -> lines.addAll(service.lines(key)));
    return lines;
  }

  @Test
  void saysWhatItWillDoAndThenWhatItDid() {
    service.put("abc", item("a", 1));
    Map<String, Object> export = export(",'ClientToken':'t','S3Prefix':'p/'");
    BigDecimal started = BigDecimal.valueOf(service.now().toEpochMilli(), 3);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("ExportArn", export.get("ExportArn"));
    expected.put("ExportStatus", "IN_PROGRESS");
    expected.put("StartTime", started);
    expected.put("TableArn", S3Service.ARN);
    expected.put("TableId", export.get("TableId"));
    expected.put("ClientToken", "t");
    expected.put("S3Bucket", "bucket");
    expected.put("S3Prefix", "p/");
    expected.put("S3SseAlgorithm", "AES256");
    expected.put("ExportFormat", "DYNAMODB_JSON");
    expected.put("ExportTime", started);
    expected.put("DestinationType", "S3");
    assertThat(export, is(expected));
    assertThat(described(export), is(expected));
    service.passes(Duration.ofSeconds(3));
    service.runJobs();
    expected.put("ExportStatus", "COMPLETED");
    expected.put("EndTime", started.add(BigDecimal.valueOf(3)));
    expected.put("ExportManifest", "p/AWSDynamoDB/" + id(export) + "/manifest-summary.json");
    expected.put("BilledSizeBytes", BigDecimal.valueOf(5));
    expected.put("ItemCount", BigDecimal.valueOf(1));
    assertThat(described(export), is(expected));
  }

  @Test
  void hasFoldersAndChecksumsAsTheServiceDoes() {
    service.put("abc", item("a", 1));
    service.put("abc", item("a", 2));
    Map<String, Object> export = export("");
    service.runJobs();
    assertThat(id(export), matchesPattern("01767323045678-[0-9a-f]{8}"));
    String folder = "AWSDynamoDB/" + id(export) + "/";
    List<String> data = service.keys(folder + "data/");
    assertThat(data.size(), is(4));
    for (String key : data) {
      assertThat(key, matchesPattern(folder + "data/[a-z2-7]{26}\\.json\\.gz"));
    }
    List<String> rest = new ArrayList<>(service.keys(""));
    rest.removeAll(data);
    assertThat(
        rest,
        is(
            List.of(
                folder + "_started",
                folder + "manifest-files.json",
                folder + "manifest-files.md5",
                folder + "manifest-summary.json",
                folder + "manifest-summary.md5")));
    assertThat(service.content(folder + "_started").length, is(0));
    for (String name : List.of("manifest-files", "manifest-summary")) {
      assertThat(
          new String(service.content(folder + name + ".md5"), UTF_8),
          is(Checksums.md5(service.content(folder + name + ".json"))));
    }
    checkFiles(folder, data);
    assertThat(lines(folder), is(List.of(line("a", 1), line("a", 2))));
  }

  private void checkFiles(String folder, List<String> data) {
    List<String> listed = new ArrayList<>();
    long items = 0;
    for (String line :
        new String(service.content(folder + "manifest-files.json"), UTF_8).lines().toList()) {
      Map<String, Object> file = S3Service.tree(line.getBytes(UTF_8));
      String key = (String) file.get("dataFileS3Key");
      byte[] content = service.content(key);
      long count = service.lines(key).size();
      assertThat(file.get("itemCount"), is(BigDecimal.valueOf(count)));
      assertThat(file.get("md5Checksum"), is(Checksums.md5(content)));
      assertThat(file.get("etag"), is(service.write(key, content)));
      assertThat(count > 0 || content.length == 20, is(true));
      listed.add(key);
      items += count;
    }
    assertThat(listed, containsInAnyOrder(data.toArray()));
    assertThat(items, is(2L));
  }

  @Test
  void summarisesItselfInItsManifest() {
    service.put("abc", item("a", 1));
    Map<String, Object> export = export(",'S3SseAlgorithm':'KMS','S3SseKmsKeyId':'k'");
    service.runJobs();
    String folder = "AWSDynamoDB/" + id(export) + "/";
    assertThat(
        new String(service.content(folder + "manifest-summary.json"), UTF_8),
        is(
            ("{'version':'2020-06-30','exportArn':'"
                    + export.get("ExportArn")
                    + "','startTime':'2026-01-02T03:04:05.678Z',"
                    + "'endTime':'2026-01-02T03:04:05.678Z','tableArn':'"
                    + S3Service.ARN
                    + "','tableId':'"
                    + export.get("TableId")
                    + "','exportTime':'2026-01-02T03:04:05.678Z','s3Bucket':'bucket',"
                    + "'s3Prefix':null,'s3SseAlgorithm':'KMS','s3SseKmsKeyId':'k',"
                    + "'manifestFilesS3Key':'"
                    + folder
                    + "manifest-files.json','billedSizeBytes':5,'itemCount':1,"
                    + "'outputFormat':'DYNAMODB_JSON'}")
                .replace('\'', '"')));
  }

  @Test
  void leavesOutWhatWasWrittenAfterItsTime() {
    service.put("abc", item("a", 1));
    service.put("abc", item("a", 2));
    service.passes(Duration.ofSeconds(10));
    long time = service.now().getEpochSecond();
    service.passes(Duration.ofSeconds(10));
    service.put("abc", item("b", 1));
    service.delete("abc", item("a", 2));
    Map<String, Object> export = export(",'ExportTime':" + time);
    service.put("abc", item("c", 1));
    service.runJobs();
    assertThat(
        lines("AWSDynamoDB/" + id(export) + "/"), containsInAnyOrder(line("a", 1), line("a", 2)));
  }

  @Test
  void leavesOutWhatIsWrittenAfterItWasStarted() {
    service.put("abc", item("a", 1));
    Map<String, Object> export = export("");
    service.put("abc", item("b", 1));
    service.delete("abc", item("a", 1));
    service.runJobs();
    assertThat(lines("AWSDynamoDB/" + id(export) + "/"), is(List.of(line("a", 1))));
  }

  @Test
  void writesIon() {
    Map<String, Value> item = item("a", 1);
    item.put("s", new Value.SS(Set.of("x")));
    item.put("n", new Value.N(new BigDecimal("600")));
    item.put("b", new Value.B(Bytes.of((byte) 1)));
    service.put("abc", item);
    Map<String, Object> export = export(",'ExportFormat':'ION'");
    service.runJobs();
    assertThat(
        lines("AWSDynamoDB/" + id(export) + "/"),
        is(List.of("$ion_1_0 {Item:{h:\"a\",r:1.,s:$dynamodb_SS::[\"x\"],n:6d2,b:{{AQ==}}}}")));
  }
}
