/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportsTest {

  private static final String EXPORT = "'TableArn':'" + S3Service.ARN + "','S3Bucket':'bucket'";

  private final S3Service service = S3Service.withRecovery();

  private String export(String options) {
    return (String)
        S3Service.object(
                service.ok("ExportTableToPointInTime", "{" + EXPORT + options + "}"),
                "ExportDescription")
            .get("ExportArn");
  }

  private String error(String request) {
    return service.error("ExportTableToPointInTime", request);
  }

  @Test
  void needsPointInTimeRecoveryBeforeAnythingOfS3() {
    service.ok("CreateTable", S3Service.table("def"));
    assertThat(
        error("{'TableArn':'" + S3Service.ARN.replace("abc", "def") + "','S3Bucket':'nobody'}"),
        is(
            "PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for "
                + "table 'def'"));
  }

  @Test
  void refusesTablesThatAreNotThere() {
    assertThat(
        error("{'TableArn':'abc','S3Bucket':'bucket'}"),
        is(
            "ValidationException: One or more parameter values were invalid: tableArn is not a "
                + "valid ARN"));
    assertThat(
        error("{'TableArn':'" + S3Service.ARN + "d','S3Bucket':'bucket'}"),
        is("TableNotFoundException: Table not found: " + S3Service.ARN + "d"));
  }

  @Test
  void refusesTimesThatRecoveryDoesNotReach() {
    service.passes(Duration.ofDays(1));
    long now = service.now().getEpochSecond();
    for (long time : new long[] {now + 1, now - 86_401}) {
      assertThat(
          error("{" + EXPORT + ",'ExportTime':" + time + "}"),
          is("InvalidExportTimeException: Export Time is invalid"));
    }
    export(",'ExportTime':" + (now - 86_400));
  }

  @Test
  void refusesMembersThatAreNotValid() {
    for (String member :
        List.of("'S3Prefix':''", "'ClientToken':'a$'", "'ExportFormat':'CSV'", "'ExportType':''")) {
      String name = member.substring(2, member.indexOf('\'', 1));
      assertThat(
          error("{" + EXPORT + "," + member + "}").contains(name + "' failed to satisfy"),
          is(true));
    }
    assertThat(
        error("{" + EXPORT + ",'S3SseKmsKeyId':'key'}"),
        is(
            "ValidationException: Invalid Request: KMS Key Id is not supported for this encryption "
                + "type"));
    assertThat(
        error("{" + EXPORT + ",'FilterSpecification':{'FilterExpression':'a = b'}}"),
        is(
            "ValidationException: Invalid Request: FilterSpecification is not supported by this "
                + "server"));
  }

  @Test
  void findsTheExportOfATokenForEightHours() {
    String first = export(",'ClientToken':'t'");
    assertThat(export(",'ClientToken':'t'"), is(first));
    service.runJobs();
    service.passes(Duration.ofHours(7));
    assertThat(export(",'ClientToken':'t'"), is(first));
    assertThat(
        error("{" + EXPORT + ",'ClientToken':'t','S3SseAlgorithm':'AES256'}"),
        is(
            "ExportConflictException: Export conflict: Duplicate request detected with "
                + "conflicting parameters"));
    service.passes(Duration.ofHours(1));
    assertThat(export(",'ClientToken':'t'"), is(not(first)));
    assertThat(export(""), is(not(export(""))));
  }

  @Test
  void failsWhenRecoveryIsDisabledBeforeTheEnd() {
    String arn = export("");
    service.ok(
        "UpdateContinuousBackups",
        "{'TableName':'abc','PointInTimeRecoverySpecification':"
            + "{'PointInTimeRecoveryEnabled':false}}");
    service.runJobs();
    Map<String, Object> failed =
        S3Service.object(
            service.ok("DescribeExport", "{'ExportArn':'" + arn + "'}"), "ExportDescription");
    assertThat(failed.get("ExportStatus"), is("FAILED"));
    assertThat(
        failed.get("FailureMessage"), is("Point in time recovery has been disabled meanwhile"));
  }

  @Test
  void failsWithoutTheBucket() {
    String failing =
        (String)
            S3Service.object(
                    service.ok(
                        "ExportTableToPointInTime",
                        "{'TableArn':'" + S3Service.ARN + "','S3Bucket':'nobody'}"),
                    "ExportDescription")
                .get("ExportArn");
    service.runJobs();
    Map<String, Object> export =
        S3Service.object(
            service.ok("DescribeExport", "{'ExportArn':'" + failing + "'}"), "ExportDescription");
    assertThat(export.get("ExportStatus"), is("FAILED"));
    assertThat(export.get("FailureCode"), is("S3NoSuchBucket"));
    assertThat(
        (String) export.get("FailureMessage"), startsWith("The specified bucket does not exist"));
    assertThat(export.containsKey("ExportManifest"), is(false));
  }

  @Test
  @SuppressWarnings("unchecked")
  void listsTheLatestFirstByPages() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      started.add(0, export(""));
    }
    List<String> listed = new ArrayList<>();
    String token = "";
    List<Integer> sizes = new ArrayList<>();
    do {
      Map<String, Object> page =
          service.ok("ListExports", "{'TableArn':'" + S3Service.ARN + "'" + token + "}");
      List<Map<String, Object>> exports = (List<Map<String, Object>>) page.get("ExportSummaries");
      exports.forEach(export -> listed.add((String) export.get("ExportArn")));
      sizes.add(exports.size());
      token = page.containsKey("NextToken") ? ",'NextToken':'" + page.get("NextToken") + "'" : "";
    } while (!token.isEmpty());
    assertThat(listed, is(started));
    assertThat(sizes, is(List.of(10, 2)));
    assertThat(
        service.error("ListExports", "{'NextToken':'abc'}"),
        is("ValidationException: Invalid NextToken"));
  }

  @Test
  void keepsExportsWhenTheTableIsDeleted() {
    String arn = export("");
    service.runJobs();
    service.ok("DeleteTable", "{'TableName':'abc'}");
    assertThat(described(arn).get("ExportStatus"), is("COMPLETED"));
    service.ok("CreateTable", S3Service.table("abc"));
    assertThat(
        service.ok("ListExports", "{'TableArn':'" + S3Service.ARN + "'}").get("ExportSummaries"),
        is(List.of()));
  }

  @Test
  void failsWhenTheTableIsDeletedMeanwhile() {
    service.put("abc", Map.of("h", new Value.S("a"), "r", new Value.N(BigDecimal.ONE)));
    String arn = export("");
    service.ok("DeleteTable", "{'TableName':'abc'}");
    service.runJobs();
    Map<String, Object> export = described(arn);
    assertThat(export.get("ExportStatus"), is("FAILED"));
    assertThat(export.get("FailureCode"), is("ResourceNotFoundException"));
    assertThat(export.get("FailureMessage"), is("Requested resource not found"));
  }

  private Map<String, Object> described(String arn) {
    return S3Service.object(
        service.ok("DescribeExport", "{'ExportArn':'" + arn + "'}"), "ExportDescription");
  }

  @Test
  void tellsExportsThatAreNotThereFromWhatIsNoExport() {
    String arn = S3Service.ARN + "/export/01767323045678-00000000";
    assertThat(
        service.error("DescribeExport", "{'ExportArn':'" + arn + "'}"),
        is("ExportNotFoundException: Export not found: " + arn));
    assertThat(
        service.error("DescribeExport", "{'ExportArn':'" + S3Service.ARN + "'}"),
        is("ValidationException: Invalid Export ARN"));
  }
}
