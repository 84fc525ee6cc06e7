/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static io.sluice.testing.Outcomes.assertOutcome;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.json.JsonFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys of secondary indexes are converted to the table's types. */
class IndexKeyTypesTest {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:S"));
  private static final List<KeyAttribute> INDEX_KEYS =
      List.of(
          KeyAttribute.parse("score:N"),
          KeyAttribute.parse("mark:B"),
          KeyAttribute.parse("zone:S"));
  private static final Format CSV =
      new CsvFormat(null, ',', CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS);

  @TempDir Path folder;
  private final TestPipeline pipeline = Outcomes.pipeline();

  private void assertReads(
      Path file,
      Format format,
      boolean indexKeysFirst,
      List<SourcedItem> items,
      List<Rejection> rejections) {
    ReadItems read = ReadItems.from(List.of(file.toString()), format);
    Tally tally =
        new Tally(
            Map.of(Count.READ, (long) items.size() + rejections.size()),
            rejections.isEmpty() ? Map.of() : Map.of(Reason.NOT_OF_TYPE, (long) rejections.size()),
            rejections.stream().map(Rejection::withoutPayload).toList());
    assertOutcome(
        pipeline.apply(
            indexKeysFirst
                ? read.withIndexKeys(INDEX_KEYS).withKey(KEY, KeyFrom.RECORD)
                : read.withKey(KEY, KeyFrom.RECORD).withIndexKeys(INDEX_KEYS)),
        items,
        rejections,
        tally);
    pipeline.run().waitUntilFinish();
  }

  private static SourcedItem item(Path file, long offset, Map<String, AttributeValue> item) {
    return SourcedItem.of(new Origin(file.toString(), offset), item);
  }

  @Test
  void ofCsv() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"), "id,score,mark,zone\n1,007,aGk=,5\n2,,,\n3,high,,\n");
    assertReads(
        file,
        CSV,
        false,
        List.of(
            item(
                file,
                19,
                Map.of(
                    "id",
                    fromS("1"),
                    "score",
                    fromN("7"),
                    "mark",
                    fromB(SdkBytes.fromUtf8String("hi")),
                    "zone",
                    fromS("5"))),
            item(file, 32, Map.of("id", fromS("2")))),
        List.of(
            new Rejection(
                Rejection.Stage.READ,
                Reason.NOT_OF_TYPE,
                "column 'score': not a number",
                new Origin(file.toString(), 37),
                "3,high,,".getBytes(StandardCharsets.UTF_8),
                new PayloadFormat("CSV", List.of("id", "score", "mark", "zone")))));
  }

  @Test
  void ofJson() throws IOException {
    Path file =
        Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1,\"score\":\"7.50\",\"zone\":5}\n");
    assertReads(
        file,
        JsonFormat.withColumns(Map.of()),
        true,
        List.of(item(file, 0, Map.of("id", fromS("1"), "score", fromN("7.5"), "zone", fromS("5")))),
        List.of());
  }
}
