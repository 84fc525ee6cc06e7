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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
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
      new DictionaryProbe(ParquetTypes.of(SCHEMA), ParquetRecords.of(SCHEMA));

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
    List<IndexedRecord> records = new ArrayList<>();
    while (!sample.isFull()) {
      records.add(record(records.size()));
      sample.add(records.get(records.size() - 1), 100);
    }
    assertThat(records.size(), is(2_000));
    assertThat(unrepeated(), containsInAnyOrder("id", "inner.random"));
    List<IndexedRecord> given = new ArrayList<>();
    sample.forEach(given::add);
    assertThat(given, contains(records.toArray(new IndexedRecord[0])));
  }

  @ParameterizedTest
  @CsvSource({"5, true", "6, false"})
  void aThousandValuesTellOfAHundredThousandByFiveRepetitions(int repetitions, boolean unrepeated) {
    for (int i = 0; i < 1_000; i++) {
      GenericData.Record record = record(0);
      record.put("id", "id-" + Math.max(i, repetitions));
      sample.add(record, 100);
    }
    assertThat(unrepeated().contains("id"), is(unrepeated));
  }

  @Test
  void tellsNothingOfFewItems() {
    for (int i = 0; i < 999; i++) {
      sample.add(record(i), 100);
    }
    assertThat(unrepeated(), is(empty()));
  }

  @Test
  void isFullOfAMegabyteOfItems() {
    sample.add(record(0), 400 << 10);
    sample.add(record(1), 400 << 10);
    assertThat(sample.isFull(), is(false));
    sample.add(record(2), 400 << 10);
    assertThat(sample.isFull(), is(true));
    assertThat(unrepeated(), is(empty()));
  }
}
