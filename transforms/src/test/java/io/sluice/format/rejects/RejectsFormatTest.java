/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectsFormatTest {
  private static final CsvFormat CSV =
      new CsvFormat(
          null,
          ';',
          CsvFormat.QuotedNewlines.ALLOWED,
          new CsvValues(Map.of("n", ColumnText.Type.N), Map.of(), CsvValues.EmptyAs.OMIT, null));

  @TempDir Path folder;

  /** Returns a reader positioned at the only line. */
  private RecordReader at(CsvFormat csv, String line) throws IOException {
    Path file = folder.resolve("rejects.jsonl");
    Files.writeString(file, line + "\n");
    MatchResult.Metadata found = FileSystems.matchSingleFileSpec(file.toString());
    RejectsFormat format =
        new RejectsFormat(Map.of("CSV", csv, "DYNAMODB_JSON", new DynamoDbJsonFormat()));
    RecordReader reader = format.open(FileSlice.whole(found.resourceId(), found.sizeBytes()));
    assertThat(reader.next(), is(true));
    return reader;
  }

  private static String line(String stage, String reason, String format, String record) {
    return "{\"stage\":\"%s\",\"reason\":\"%s\",\"message\":\"m\",\"file\":\"s3://b/a\",\"offset\":7,%s,%s}"
        .formatted(stage, reason, format, record);
  }

  private Reason refused(String line) throws IOException {
    RecordReader reader = at(CSV, line);
    return assertThrows(InvalidItemException.class, reader::parse).reason();
  }

  @Test
  void aRecordOfCsvIsReadAgainWithItsColumnsOriginAndBytes() throws Exception {
    RecordReader reader =
        at(
            CSV,
            line(
                "READ",
                "NOT_OF_TYPE",
                "\"format\":\"CSV\",\"columns\":[\"n\",\"s\"]",
                "\"record\":\"5;x\""));
    assertThat(reader.parse(), is(Map.of("n", fromN("5"), "s", fromS("x"))));
    assertThat(reader.origin(), is(new Origin("s3://b/a", 7)));
    assertThat(reader.record(), is("5;x".getBytes(UTF_8)));
    assertThat(reader.recordFormat(), is(new PayloadFormat("CSV", List.of("n", "s"))));
    assertThat(reader.isKeyed(), is(false));
  }

  @Test
  void aHeaderThatIsGivenMendsABrokenOne() throws Exception {
    RecordReader reader =
        at(
            CSV.withHeader(List.of("n", "other")),
            line(
                "READ",
                "HEADER",
                "\"format\":\"CSV\",\"columns\":[\"n\",\"n\"]",
                "\"record\":\"5;x\""));
    assertThat(reader.parse(), is(Map.of("n", fromN("5"), "other", fromS("x"))));
  }

  @Test
  void anItemOfALaterStepHasItsKey() throws Exception {
    RecordReader reader =
        at(
            CSV,
            line(
                "DEDUPE",
                "DUPLICATE_KEY",
                "\"format\":\"DYNAMODB_JSON\"",
                "\"record\":\"{\\\"Item\\\":{\\\"id\\\":{\\\"S\\\":\\\"x\\\"}}}\""));
    assertThat(reader.parse(), is(Map.of("id", fromS("x"))));
    assertThat(reader.isKeyed(), is(true));
  }

  @Test
  void bytesComeBackFromBase64() throws Exception {
    RecordReader reader =
        at(
            CSV,
            line(
                "READ",
                "NOT_UTF8",
                "\"format\":\"CSV\",\"columns\":[\"n\"]",
                "\"recordBase64\":\"/w==\""));
    assertThat(reader.record(), is(new byte[] {(byte) 0xFF}));
    assertThat(
        assertThrows(InvalidItemException.class, reader::parse).reason(), is(Reason.NOT_UTF8));
  }

  /** Neither the beginning of a record nor the key of an item is taken for the whole. */
  @Test
  void whatIsNotWholeIsNotReplayed() throws Exception {
    assertThat(
        refused(
            line(
                "READ",
                "RECORD_TOO_LONG",
                "\"format\":\"CSV\",\"columns\":[\"n\"]",
                "\"record\":\"5\"")),
        is(Reason.RECORD_TOO_LONG));
    assertThat(
        refused(
            line(
                "VERIFY",
                "UNEXPECTED",
                "\"format\":\"DYNAMODB_JSON\"",
                "\"record\":\"{\\\"id\\\":{\\\"S\\\":\\\"x\\\"}}\"")),
        is(Reason.NOT_AN_ITEM));
  }

  @Test
  void aLineThatIsNoRejectionIsRejected() throws Exception {
    for (String line :
        List.of(
            "{}",
            "no JSON",
            "{\"stage\":\"READ\"}",
            "[1]",
            line("X", "HEADER", "\"format\":\"CSV\"", "\"record\":\"\""))) {
      assertThat(line, refused(line), is(Reason.MALFORMED));
    }
    assertThat(
        refused(line("READ", "MALFORMED", "\"format\":\"XML\"", "\"record\":\"<a/>\"")),
        is(Reason.MALFORMED));
  }
}
