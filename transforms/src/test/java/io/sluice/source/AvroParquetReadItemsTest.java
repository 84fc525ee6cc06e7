/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static io.sluice.format.columnar.ColumnarFiles.writeAvro;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.failure.Rejection;
import io.sluice.format.Format;
import io.sluice.format.avro.AvroFormat;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Complete reads on the DirectRunner. */
class AvroParquetReadItemsTest {
  private static final String NAN =
      "NOT_OF_TYPE attribute 'd': not a number, or infinite {\"id\":7,\"d\":\"NaN\"}";

  @TempDir Path folder;

  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  private static final class Describe extends SimpleFunction<Rejection, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String apply(Rejection rejection) {
      assertThat(rejection.origin().offset(), is(7L));
      return rejection.reason()
          + " "
          + rejection.message()
          + " "
          + new String(rejection.payload(), UTF_8);
    }
  }

  private static final class Read extends SimpleFunction<Tally, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long apply(Tally tally) {
      return tally.counts().getOrDefault(Count.READ, 0L);
    }
  }

  private void assertOutcome(Outcome outcome, Path file, int records) {
    List<SourcedItem> expected = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      if (i != 7) {
        String text = "{\"id\":{\"S\":\"%d\"},\"d\":{\"N\":\"%d.5\"}}".formatted(i, i);
        Map<String, AttributeValue> item = new HashMap<>(item(text));
        expected.add(SourcedItem.of(new Origin(file.toString(), i), item));
      }
    }
    PAssert.that(outcome.items()).containsInAnyOrder(expected);
    PAssert.that(outcome.rejections().apply("Describe", MapElements.via(new Describe())))
        .containsInAnyOrder(NAN);
    PAssert.that(outcome.tallies().apply("Read", MapElements.via(new Read())))
        .satisfies(
            counts -> {
              long sum = 0;
              for (long count : counts) {
                sum += count;
              }
              assertThat(sum, is((long) records));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static ReadItems reading(Path file, Format format) {
    return ReadItems.from(List.of(file.toString()), format)
        .withKey(KeySchema.of(KeyAttribute.parse("id:S")), KeyFrom.RECORD)
        .withMinSplitBytes(1_000);
  }

  @Test
  void avro() throws IOException {
    Schema schema =
        schema(
            "{'type':'record','name':'r','fields':["
                + "{'name':'id','type':'int'},{'name':'d','type':'double'}]}");
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      GenericData.Record record = new GenericData.Record(schema);
      record.put("id", i);
      record.put("d", i == 7 ? Double.NaN : i + 0.5);
      records.add(record);
    }
    Path file = writeAvro(folder.resolve("a.avro"), schema, records.toArray());
    assertOutcome(pipeline.apply(reading(file, new AvroFormat())), file, 100);
  }

  @Test
  void parquetInManySplits() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message m { required int32 id; required double d; }");
    Path file = folder.resolve("a.parquet");
    ParquetWriter<Group> writer = parquet(file, schema).withRowGroupSize(1_000L).build();
    try (writer) {
      for (int i = 0; i < 1_000; i++) {
        Group record = new SimpleGroup(schema);
        record.add("id", i);
        record.add("d", i == 7 ? Double.NaN : i + 0.5);
        writer.write(record);
      }
    }
    assertOutcome(pipeline.apply(reading(file, new ParquetFormat())), file, 1_000);
  }
}
