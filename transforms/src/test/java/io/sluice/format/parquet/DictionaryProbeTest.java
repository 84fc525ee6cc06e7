/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.item.ItemCursor;
import io.sluice.item.SourcedItem;
import io.sluice.schema.TableSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryProbeTest {
  private static final Schema INNER =
      SchemaBuilder.record("inner").fields().requiredLong("random").endRecord();
  private static final Schema SCHEMA =
      SchemaBuilder.record("r")
          .fields()
          .requiredString("id")
          .requiredBoolean("flag")
          .requiredString("oneOf5000")
          .optionalString("everyThird")
          .name("inner")
          .type(INNER)
          .noDefault()
          .endRecord();

  private final Random random = new Random(42);
  private final DictionaryProbe sample =
      new DictionaryProbe(
          ParquetTypes.of(SCHEMA),
          ParquetColumns.of(TableSchema.of(SCHEMA), ParquetTypes.of(SCHEMA)));

  private GenericData.Record record(int number) {
    GenericData.Record inner = new GenericData.Record(INNER);
    inner.put("random", random.nextLong());
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("id", "id-" + number);
    record.put("flag", random.nextBoolean());
    record.put("oneOf5000", "place-" + random.nextInt(5_000));
    record.put("everyThird", number % 3 == 0 ? "unique-" + number : null);
    record.put("inner", inner);
    return record;
  }

  private List<String> unrepeated() {
    List<String> columns = new ArrayList<>();
    sample.tellUnrepeated(columns::add);
    return columns;
  }

  @Test
  void tellsOfTheColumnsThatHaveManyValuesAndHardlyOneTwice() {
    List<ByteBuffer> items = new ArrayList<>();
    while (!sample.isFull()) {
      SourcedItem item = RecordItems.item(record(items.size()));
      items.add(item.content());
      sample.add(ItemCursor.of(item));
    }
    assertThat(items.size(), is(2_000));
    assertThat(unrepeated(), containsInAnyOrder("id", "inner.random"));
    List<ByteBuffer> given = new ArrayList<>();
    sample.forEach(item -> given.add(ByteBuffer.wrap(item.copy())));
    assertThat(given, contains(items.toArray(new ByteBuffer[0])));
  }

  @ParameterizedTest
  @CsvSource({"5, true", "6, false"})
  void aThousandValuesTellOfAHundredThousandByFiveRepetitions(int repetitions, boolean unrepeated) {
    for (int i = 0; i < 1_000; i++) {
      GenericData.Record record = record(0);
      record.put("id", "id-" + Math.max(i, repetitions));
      sample.add(ItemCursor.of(RecordItems.item(record)));
    }
    assertThat(unrepeated().contains("id"), is(unrepeated));
  }

  @Test
  void tellsNothingOfFewItems() {
    for (int i = 0; i < 999; i++) {
      sample.add(ItemCursor.of(RecordItems.item(record(i))));
    }
    assertThat(unrepeated(), is(empty()));
  }

  @Test
  void isFullOfAMegabyteOfItems() {
    GenericData.Record record = record(0);
    record.put("id", "x".repeat(400 << 10));
    SourcedItem item = RecordItems.item(record);
    sample.add(ItemCursor.of(item));
    sample.add(ItemCursor.of(item));
    assertThat(sample.isFull(), is(false));
    sample.add(ItemCursor.of(item));
    assertThat(sample.isFull(), is(true));
    assertThat(unrepeated(), is(empty()));
  }
}
