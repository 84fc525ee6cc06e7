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
import static org.hamcrest.Matchers.startsWith;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncrementalExportTest {

  private static final String EXPORT =
      "{'TableArn':'"
          + S3Service.ARN
          + "','S3Bucket':'bucket','ExportType':'INCREMENTAL_EXPORT',"
          + "'IncrementalExportSpecification':{";

  private final S3Service service = S3Service.withRecovery();
  private Instant from;

  private static Map<String, Value> item(String hash, String... value) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("h", new Value.S(hash));
    item.put("r", new Value.N(BigDecimal.ONE));
    for (String each : value) {
      item.put("v", new Value.S(each));
    }
    return item;
  }

  /** Has an item inserted, one changed, one deleted and one there only for a while. */
  @BeforeEach
  void write() {
    service.put("abc", item("changed", "old"));
    service.put("abc", item("deleted", "old"));
    service.passes(Duration.ofMinutes(1));
    from = service.now();
    service.put("abc", item("inserted", "new"));
    service.put("abc", item("passing", "new"));
    service.put("abc", item("changed", "middle"));
    service.passes(Duration.ofMinutes(20));
    service.put("abc", item("changed", "new"));
    service.put("abc", item("changed", "new"));
    service.delete("abc", item("deleted"));
    service.delete("abc", item("passing"));
    service.passes(Duration.ofMinutes(1));
  }

  private Map<String, Object> export(String specification) {
    return S3Service.object(
        service.ok("ExportTableToPointInTime", EXPORT + specification), "ExportDescription");
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    service
        .keys("AWSDynamoDB/data/")
        .forEach(key -> service.lines(key).forEach(line -> lines.add(line.replace('"', '\''))));
    return lines;
  }

  private static String record(Instant time, String hash, String images) {
    return "{'Metadata':{'WriteTimestampMicros':{'N':'%d000'}},'Keys':{'h':{'S':'%s'},'r':{'N':'1'}}%s}"
        .formatted(time.toEpochMilli(), hash, images);
  }

  private static String image(String name, String hash, String value) {
    return ",'%s':{'h':{'S':'%s'},'r':{'N':'1'},'v':{'S':'%s'}}".formatted(name, hash, value);
  }

  @Test
  void hasTheOldAndTheNewImageOfEachChangedItem() {
    Map<String, Object> export = export("'ExportFromTime':" + from.getEpochSecond() + ".678}}");
    Instant later = service.now().minus(Duration.ofMinutes(1));
    service.put("abc", item("inserted", "much later"));
    service.runJobs();
    assertThat(
        lines(),
        containsInAnyOrder(
            record(from, "inserted", image("NewImage", "inserted", "new")),
            record(
                later,
                "changed",
                image("OldImage", "changed", "old") + image("NewImage", "changed", "new")),
            record(later, "deleted", image("OldImage", "deleted", "old"))));
    String arn = (String) export.get("ExportArn");
    String folder = "AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1) + "/";
    String summary = new String(service.content(folder + "manifest-summary.json"), UTF_8);
    Map<String, Object> members = S3Service.tree(summary.getBytes(UTF_8));
    assertThat(members.get("exportFromTime"), is("2026-01-02T03:05:05.678Z"));
    assertThat(members.get("exportToTime"), is("2026-01-02T03:26:05.678Z"));
    assertThat(members.get("outputView"), is("NEW_AND_OLD_IMAGES"));
    assertThat(members.get("exportType"), is("INCREMENTAL_EXPORT"));
    assertThat(members.get("itemCount"), is(BigDecimal.valueOf(3)));
    assertThat(members.get("billedSizeBytes"), is(BigDecimal.valueOf(10_000_000)));
    assertThat(service.keys("AWSDynamoDB/data/").size(), is(4));
    assertThat(service.keys(folder + "data/"), is(List.of()));
  }

  @Test
  void leavesOutOldImagesAndLaterWritesIfItIsToldTo() {
    Instant to = from.plus(Duration.ofMinutes(20));
    Map<String, Object> export =
        export(
            "'ExportFromTime':%d.678,'ExportToTime':%d.678,'ExportViewType':'NEW_IMAGE'}}"
                .formatted(from.getEpochSecond(), to.getEpochSecond()));
    service.runJobs();
    assertThat(
        lines(),
        containsInAnyOrder(
            record(from, "inserted", image("NewImage", "inserted", "new")),
            record(from, "passing", image("NewImage", "passing", "new")),
            record(from, "changed", image("NewImage", "changed", "middle"))));
    assertThat(
        S3Service.object(export, "IncrementalExportSpecification").get("ExportViewType"),
        is("NEW_IMAGE"));
  }

  @Test
  void writesIon() {
    service.ok(
        "ExportTableToPointInTime",
        EXPORT + "'ExportFromTime':" + from.getEpochSecond() + ".678},'ExportFormat':'ION'}");
    service.runJobs();
    assertThat(lines().size(), is(3));
    for (String line : lines()) {
      assertThat(line, startsWith("$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:176732"));
    }
  }

  private String error(String specification) {
    return service.error("ExportTableToPointInTime", EXPORT + specification);
  }

  @Test
  void isOfFifteenMinutesToADaySinceTheTableWasCreated() {
    service.passes(Duration.ofDays(2));
    long now = service.now().getEpochSecond();
    String less = "Difference between export period from time and export period to time is ";
    assertThat(
        error("'ExportFromTime':%d}}".formatted(now - 899)),
        is("InvalidExportTimeException: " + less + "less than 15 minutes"));
    assertThat(
        error("'ExportFromTime':%d,'ExportToTime':%d}}".formatted(now - 86_401, now)),
        is("InvalidExportTimeException: " + less + "greater than 24 hours"));
    assertThat(
        error("'ExportFromTime':%d,'ExportToTime':%d}}".formatted(now - 900, now + 1)),
        is(
            "InvalidExportTimeException: Incremental export period to time cannot be greater than "
                + "the current time : 2026-01-04T03:26:06Z"));
    assertThat(
        error("'ExportFromTime':1767323000}}"),
        is(
            "InvalidExportTimeException: Incremental export period from time cannot be less than "
                + "the table creation time : 2026-01-02T03:03:20Z"));
    assertThat(error("}}"), is("ValidationException: Invalid Request: ExportFromTime is required"));
  }
}
