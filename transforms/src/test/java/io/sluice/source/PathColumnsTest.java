/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.rejects.RejectsFormat;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.source.slice.ReadRecord;
import io.sluice.testing.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PathColumnsTest {
  private static final PathColumns DT = new PathColumns(Map.of("dt", ColumnText.Type.S));

  @TempDir Path folder;

  private static Map<String, AttributeValue> item(
      PathColumns columns, String path, Map<String, AttributeValue> own)
      throws InvalidItemException {
    Map<String, AttributeValue> item = new HashMap<>(own);
    columns.reader().putInto(item, path);
    return item;
  }

  private static Reason refused(PathColumns columns, String path, Map<String, AttributeValue> own) {
    return assertThrows(InvalidItemException.class, () -> item(columns, path, own)).reason();
  }

  @Test
  void partitionsOfAPath() {
    assertThat(
        PathPartitions.of("s3://b/t/region=eu/dt=2024-01-31/part=0.csv"),
        equalTo(Map.of("region", "eu", "dt", "2024-01-31")));
    assertThat(List.copyOf(PathPartitions.of("s3://b/z=1/a=2/x").keySet()), contains("z", "a"));
    assertThat(
        PathPartitions.of("/x/at=10%3A00%2F11+1/n=a=b/%C3%A9=%E2%82%AC%FF%zz/empty=/y.csv"),
        equalTo(Map.of("at", "10:00/11+1", "n", "a=b", "\u00e9", "%E2%82%AC%FF%zz", "empty", "")));
    assertThat(PathPartitions.of("s3://b/dt=1/dt=2/x"), equalTo(Map.of("dt", "2")));
    assertThat(PathPartitions.of("s3://b/plain/x=1.csv"), equalTo(Map.of()));
  }

  /**
   * The folder of a published snapshot describes the snapshot, and is not a column of its items.
   */
  @Test
  void theTimeOfASnapshotIsNone() {
    String time = "snapshot_timestamp=2026-01-31T23-26-00Z/";
    assertThat(PathPartitions.of("s3://b/e/snapshots_trips/" + time + "p.parquet"), is(Map.of()));
    assertThat(
        PathPartitions.of("s3://b/dt=1/snapshots_trips/" + time + "p.parquet"),
        is(Map.of("dt", "1")));
    assertThat(
        PathPartitions.of("s3://b/other/" + time + "p.parquet").keySet(),
        contains("snapshot_timestamp"));
  }

  @Test
  void valuesHaveTheTypesThatAreGiven() throws InvalidItemException {
    Map<String, ColumnText.Type> types = new LinkedHashMap<>();
    types.put("dt", ColumnText.Type.S);
    types.put("hour", ColumnText.Type.N);
    types.put("live", ColumnText.Type.BOOL);
    assertThat(
        item(
            new PathColumns(types),
            "s3://b/dt=2024-01-31/hour=07/live=true/x",
            Map.of("a", fromS("b"))),
        equalTo(
            Map.of(
                "a", fromS("b"),
                "dt", fromS("2024-01-31"),
                "hour", fromN("7"),
                "live", AttributeValue.fromBool(true))));
    assertThat(
        refused(new PathColumns(Map.of("hour", ColumnText.Type.N)), "s3://b/hour=x/y", Map.of()),
        is(Reason.NOT_OF_TYPE));
  }

  @Test
  void theDefaultPartitionHasNoValue() throws InvalidItemException {
    String path = "s3://b/dt=__HIVE_DEFAULT_PARTITION__/x";
    assertThat(item(DT, path, Map.of()), equalTo(Map.of()));
    assertThat(DT.missingIn(path), is(List.of()));
  }

  @Test
  void aPathWithoutTheColumn() {
    assertThat(DT.missingIn("s3://b/x"), contains("dt"));
    assertThat(refused(DT, "s3://b/x", Map.of()), is(Reason.HEADER));
  }

  @Test
  void anAttributeOfTheRecordItselfIsTheSameOrAConflict() throws InvalidItemException {
    assertThat(
        item(DT, "s3://b/dt=1/x", Map.of("dt", fromS("1"))), equalTo(Map.of("dt", fromS("1"))));
    assertThat(refused(DT, "s3://b/dt=1/x", Map.of("dt", fromS("2"))), is(Reason.KEY_CONFLICT));
    assertThat(refused(DT, "s3://b/dt=1/x", Map.of("dt", fromN("1"))), is(Reason.KEY_CONFLICT));
    PathColumns number = new PathColumns(Map.of("dt", ColumnText.Type.N));
    assertThat(
        refused(number, "s3://b/dt=1/x", Map.of("dt", fromN("secret"))), is(Reason.NOT_OF_TYPE));
    assertThat(
        refused(number, "s3://b/dt=1/x", Map.of("dt", fromN("1e9999999999999999"))),
        is(Reason.NUMBER_RANGE));
    assertThat(
        item(number, "s3://b/dt=1/x", Map.of("dt", fromN("1.0"))),
        equalTo(Map.of("dt", fromN("1.0"))));
  }

  private List<ReadRecord> read(Format format, PathColumns columns, Path file) throws IOException {
    SliceReader.Recipe recipe =
        new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of())
            .withPathColumns(columns)
            .withKey(
                new KeySchema(KeyAttribute.parse("id:S"), KeyAttribute.parse("dt:S")),
                KeyFrom.RECORD);
    List<ReadRecord> records = new ArrayList<>();
    try (SliceReader reader =
        SliceReader.open(
            recipe,
            FileSlice.whole(
                FileSystems.matchNewResource(file.toString(), false), Files.size(file)))) {
      for (ReadRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
    }
    return records;
  }

  /** Whatever the format, the column can be a key; a rejection takes it from its original path. */
  @Test
  void aColumnIsASortKeyAlsoWhenARejectionIsReplayed() throws IOException {
    Outcomes.pipeline();
    Path day = Files.createDirectories(folder.resolve("dt=2024-01-31"));
    Path csv = Files.writeString(day.resolve("a.csv"), "id,n\nx,1\n,2\n");
    CsvFormat format =
        new CsvFormat(null, ',', CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS);
    List<ReadRecord> records = read(format, DT, csv);
    assertThat(
        records.get(0).item().item(),
        equalTo(Map.of("id", fromS("x"), "n", fromS("1"), "dt", fromS("2024-01-31"))));
    assertThat(records.get(1).rejection().reason(), is(Reason.KEY_MISSING));

    Path rejects =
        Files.writeString(
            folder.resolve("rejects.jsonl"),
            ("{\"stage\":\"READ\",\"reason\":\"KEY_MISSING\",\"message\":\"m\",\"file\":\"%s\",\"offset\":9,\"format\":\"CSV\",\"columns\":[\"id\",\"n\"],\"record\":\"y,2\"}\n"
                    + "{\"stage\":\"WRITE\",\"reason\":\"REFUSED\",\"message\":\"m\",\"file\":\"/x\","
                    + "\"offset\":9,\"format\":\"DYNAMODB_JSON\",\"record\":\"{\\\"Item\\\":{\\\"id\\\":{\\\"S\\\":\\\"z\\\"},\\\"dt\\\":{\\\"S\\\":\\\"mended\\\"}}}\"}\n")
                .formatted(csv));
    List<ReadRecord> replayed =
        read(
            new RejectsFormat(Map.of("CSV", format, "DYNAMODB_JSON", new DynamoDbJsonFormat())),
            DT,
            rejects);
    assertThat(
        replayed.get(0).item().item(),
        equalTo(Map.of("id", fromS("y"), "n", fromS("2"), "dt", fromS("2024-01-31"))));
    assertThat(
        replayed.get(1).item().item(), equalTo(Map.of("id", fromS("z"), "dt", fromS("mended"))));
  }
}
