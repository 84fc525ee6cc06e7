/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.format.avro.AvroFormat;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemRules;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.InferredSchemaCoder;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.util.CoderUtils;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that are written with the schema inferred from them are restored exactly. */
class RoundTripPropertyTest {
  private static final int TRIES = 300;
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> any() {
    return Items.items(KEY).list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> alike() {
    return Arbitraries.randomValue(AlikeItems::of);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void anyItems(@ForAll("any") List<Map<String, AttributeValue>> items, @ForAll Random random)
      throws IOException {
    assertComesBack(items, random);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void alikeItems(@ForAll("alike") List<Map<String, AttributeValue>> items, @ForAll Random random)
      throws IOException {
    assertComesBack(items, random);
  }

  private static void assertComesBack(List<Map<String, AttributeValue>> items, Random random)
      throws IOException {
    TableSchema schema = schema(items, random);
    assertThat(TableSchema.parse(schema.toJson()), is(schema));
    List<GenericRecord> records = records(schema, items);
    Path folder = Files.createTempDirectory("marked");
    Path file = folder.resolve("a");
    try {
      ColumnarFiles.writeAvro(file, schema.avro(), records.toArray());
      assertSame(items, ColumnarFiles.read(new AvroFormat(), file));
      Files.delete(file);
      ColumnarFiles.writeParquet(file, schema.avro(), records);
      assertSame(items, ColumnarFiles.read(new ParquetFormat(), file));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** Infers a schema from parts in random order; every order gives the same schema. */
  private static TableSchema schema(List<Map<String, AttributeValue>> items, Random random)
      throws IOException {
    InferredSchema whole = InferredSchema.of(KEY);
    List<InferredSchema> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      parts.add(InferredSchema.of(KEY));
    }
    for (Map<String, AttributeValue> item : items) {
      SourcedItem sourced = SourcedItem.withoutOrigin(item);
      whole.add(sourced);
      parts.get(random.nextInt(parts.size())).add(sourced);
    }
    Collections.shuffle(parts, random);
    InferredSchema merged = InferredSchema.of(KEY);
    for (InferredSchema part : parts) {
      merged.merge(CoderUtils.clone(InferredSchemaCoder.of(), part));
    }
    assertThat(merged, is(whole));
    assertThat(merged.toSchema("items"), is(whole.toSchema("items")));
    return whole.toSchema("items");
  }

  private static List<GenericRecord> records(
      TableSchema schema, List<Map<String, AttributeValue>> items) {
    ItemRecords records = ItemRecords.of(schema);
    return items.stream().map(SourcedItem::withoutOrigin).map(records::record).toList();
  }

  static void assertSame(List<Map<String, AttributeValue>> items, List<ColumnarFiles.Read> reads) {
    assertThat(reads.size(), is(items.size()));
    for (int i = 0; i < items.size(); i++) {
      ColumnarFiles.Read read = reads.get(i);
      assertThat(read.refusal(), is((InvalidItemException) null));
      assertThat(ItemDiff.differing(items.get(i), read.item()), is(empty()));
      try {
        ItemRules.check(read.item());
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }
  }
}
