/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static io.sluice.testing.Outcomes.assertOutcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.text.TextFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ReadItemsTest {
  private static final Format CSV =
      new CsvFormat(null, ',', CsvFormat.QuotedNewlines.NEVER, CsvValues.STRINGS);
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:N"));

  @TempDir Path folder;

  private final TestPipeline pipeline = Outcomes.pipeline();

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static SourcedItem item(
      String file, long offset, Map<String, AttributeValue> attributes) {
    return SourcedItem.of(new Origin(file, offset), attributes);
  }

  private static PayloadFormat csvOf(String... columns) {
    return new PayloadFormat("CSV", List.of(columns));
  }

  private static Rejection rejection(
      PayloadFormat format,
      String file,
      long offset,
      Reason reason,
      String message,
      String payload) {
    return new Rejection(
        Rejection.Stage.READ,
        reason,
        message,
        new Origin(file, offset),
        payload.getBytes(UTF_8),
        format);
  }

  private static Tally tally(
      long read, long skipped, Map<Reason, Long> reasons, List<Rejection> rejections) {
    Map<Count, Long> counts =
        skipped == 0 ? Map.of(Count.READ, read) : Map.of(Count.READ, read, Count.SKIPPED, skipped);
    return new Tally(counts, reasons, rejections.stream().map(Rejection::withoutPayload).toList());
  }

  /** In splits of a few bytes, of a few lines, and as a whole. */
  @ParameterizedTest
  @ValueSource(longs = {4, 20, 1 << 20})
  void itemsRejectionsAndCounts(long splitBytes) throws IOException {
    String a = write("a.csv", "id,name\n1,x\n2\n\n,y\n1e0,z\r\nq,w\n");
    String b = write("b.csv", "name,id\nv,3");
    write("_SUCCESS", "");
    List<Rejection> rejections =
        List.of(
            rejection(
                csvOf("id", "name"),
                a,
                12,
                Reason.FIELD_COUNT,
                "the record has 1 fields, the header 2",
                "2"),
            rejection(
                csvOf("id", "name"),
                a,
                15,
                Reason.KEY_MISSING,
                "key attribute 'id': missing",
                ",y"),
            rejection(
                csvOf("id", "name"),
                a,
                25,
                Reason.NOT_OF_TYPE,
                "column 'id': not a number",
                "q,w"));
    assertOutcome(
        pipeline.apply(
            ReadItems.from(List.of(folder + "/*.csv", a), CSV)
                .withKey(KEY, KeyFrom.RECORD)
                .withMinSplitBytes(splitBytes)),
        List.of(
            item(a, 8, Map.of("id", fromN("1"), "name", fromS("x"))),
            item(a, 18, Map.of("id", fromN("1"), "name", fromS("z"))),
            item(b, 8, Map.of("id", fromN("3"), "name", fromS("v")))),
        rejections,
        tally(
            7,
            1,
            Map.of(Reason.FIELD_COUNT, 1L, Reason.KEY_MISSING, 1L, Reason.NOT_OF_TYPE, 1L),
            rejections));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withoutAKeyNoneIsMadeOrChecked() throws IOException {
    String file = write("a.csv", "id\n1\n");
    assertOutcome(
        pipeline.apply(ReadItems.from(List.of(file), CSV)),
        List.of(item(file, 3, Map.of("id", fromS("1")))),
        List.of(),
        tally(1, 0, Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void keysAreMadeOfTheBytesOfTheRecord() throws IOException {
    String lf = write("a.txt", "abc\n");
    String crlf = write("b.txt", "abc\r\n");
    String bom = write("c.txt", "\ufeffabc");
    Map<String, AttributeValue> abc =
        Map.of("line", fromS("abc"), "pk", fromS("900150983CD24FB0D6963F7D28E17F72"));
    assertOutcome(
        pipeline.apply(
            ReadItems.from(List.of(folder + "/*.txt"), new TextFormat("line", 0))
                .withKey(KeySchema.of(KeyAttribute.parse("pk:S")), KeyFrom.parse("md5"))),
        List.of(item(lf, 0, abc), item(crlf, 0, abc), item(bom, 3, abc)),
        List.of(),
        tally(3, 0, Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void itemsThatDynamoDbRefusesAreRejected() throws IOException {
    String empty = "{\"id\":{\"N\":\"1\"},\"s\":{\"SS\":[]}}";
    String large = "{\"id\":{\"N\":\"2\"},\"s\":{\"S\":\"" + "x".repeat(409_600) + "\"}}";
    String file = write("a.json", empty + "\n" + large + "\n");
    List<Rejection> rejections =
        List.of(
            rejection(
                PayloadFormat.ITEM, file, 0, Reason.BAD_SET, "attribute 's': an empty set", empty),
            rejection(
                PayloadFormat.ITEM,
                file,
                empty.length() + 1,
                Reason.ITEM_TOO_LARGE,
                "the item is 409605 bytes; the limit is 409600",
                large));
    assertOutcome(
        pipeline.apply(
            ReadItems.from(List.of(file), new DynamoDbJsonFormat()).withKey(KEY, KeyFrom.RECORD)),
        List.of(),
        rejections,
        tally(2, 0, Map.of(Reason.BAD_SET, 1L, Reason.ITEM_TOO_LARGE, 1L), rejections));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void onlyTheFirstRejectionsAreExamples() throws IOException {
    int lines = 25;
    String file = write("a.csv", "id\n" + "x\n".repeat(lines));
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      rejections.add(
          rejection(
              csvOf("id"), file, 3 + 2 * i, Reason.NOT_OF_TYPE, "column 'id': not a number", "x"));
    }
    assertOutcome(
        pipeline.apply(
            ReadItems.from(List.of(file), CSV).withKey(KEY, KeyFrom.RECORD).withMinSplitBytes(8)),
        List.of(),
        rejections,
        tally(
            lines,
            0,
            Map.of(Reason.NOT_OF_TYPE, (long) lines),
            rejections.subList(0, Tally.MAX_EXAMPLES)));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aFileThatIsCutShortFailsTheJob() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("id\n1\n2\n".getBytes(UTF_8));
    }
    Path file = folder.resolve("a.csv.gz");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 5));
    pipeline.apply(ReadItems.from(List.of(file.toString()), CSV));
    RuntimeException e = assertThrows(RuntimeException.class, () -> DirectRun.of(pipeline));
    assertThat(e.toString(), containsString(file + " is cut short"));
  }
}
