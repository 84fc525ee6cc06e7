/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.item.SourcedItem;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import io.sluice.source.WholeFiles;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whatever items are written, the same are read from the files, and for Parquet DuckDB agrees. */
class SinkRoundTripTest {
  private static final int TRIES = 200;

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> any() {
    return Items.items(Sinks.KEY).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> alike() {
    return Arbitraries.randomValue(AlikeItems::of);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void anyItems(@ForAll("any") List<Map<String, AttributeValue>> items) throws Exception {
    assertComesBack(items.stream().map(SourcedItem::withoutOrigin).toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void alikeItems(@ForAll("alike") List<Map<String, AttributeValue>> items) throws Exception {
    assertComesBack(items.stream().map(SourcedItem::withoutOrigin).toList());
  }

  @Test
  void itemsOfEveryType() throws Exception {
    assertComesBack(Sinks.everyType());
  }

  private static void assertComesBack(List<SourcedItem> items) throws IOException, SQLException {
    TableSchema schema = Sinks.schemaOf(items);
    Path folder = Files.createTempDirectory("sinks");
    Path file = folder.resolve("a");
    try {
      for (FileFormat format :
          List.of(FileFormat.PARQUET, FileFormat.AVRO, FileFormat.DYNAMODB_JSON)) {
        WrittenFiles.File written = Sinks.write(file, format, schema, items);
        assertThat(written.items(), is((long) items.size()));
        assertThat(written.bytes(), is(Files.size(file)));
        if (format == FileFormat.PARQUET) {
          assertDuckDbAgrees(file, schema, items);
        }
        if (format == FileFormat.DYNAMODB_JSON) {
          // Readers recognise it by its name.
          file = Files.move(file, folder.resolve("a.json.gz"));
        }
        assertSame(WholeFiles.items(format.name(), file.toString()), items);
        Files.delete(file);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void assertSame(List<Map<String, AttributeValue>> read, List<SourcedItem> items) {
    assertThat(read.size(), is(items.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat(ItemDiff.differing(read.get(i), items.get(i).item()), is(empty()));
    }
  }

  private static void assertDuckDbAgrees(Path file, TableSchema schema, List<SourcedItem> items)
      throws SQLException {
    ItemRecords records = ItemRecords.of(schema);
    List<Object> expected =
        items.stream().map(item -> DuckDb.plain(records.record(item), schema.avro())).toList();
    assertThat(DuckDb.rows(file), is(expected));
  }
}
