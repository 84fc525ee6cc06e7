/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import io.sluice.source.PlainRecordsPropertyTest.Result;
import io.sluice.source.PlainRecordsPropertyTest.Settings;
import io.sluice.source.slice.ReadRecord;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.beam.sdk.io.LocalResources;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item that is written from the columns of Parquet is the one that parsing the record gives. */
class PlainParquetPropertyTest {
  private static final int TRIES = 400;
  private static final int RECORDS = 12;

  private Path file = Path.of("");

  @BeforeTry
  void makeFolder() throws IOException {
    Path folder = Files.createTempDirectory("plain").resolve("region=eu/n=1.50");
    Files.createDirectories(folder);
    file = folder.resolve("a.parquet");
  }

  @AfterTry
  void removeFolder() throws IOException {
    Files.deleteIfExists(file);
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Files.delete(folder);
      if (folder.getFileName().toString().startsWith("plain")) {
        return;
      }
    }
  }

  @Provide
  Arbitrary<Settings> settings() {
    return new PlainRecordsPropertyTest().settings();
  }

  @Provide
  Arbitrary<MessageType> schemas() {
    return RandomGroups.schemas();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void filesOfOthers(
      @ForAll("schemas") MessageType schema,
      @ForAll("settings") Settings settings,
      @ForAll Random random)
      throws IOException {
    Group[] records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> RandomGroups.of(schema, random))
            .toArray(Group[]::new);
    ColumnarFiles.writeParquet(file, schema, records);
    assertSame(settings.recipe(new ParquetFormat()));
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> items() {
    Arbitrary<List<Map<String, AttributeValue>>> any =
        Items.items(OddFiles.SCHEMAS.get(1)).list().ofMaxSize(6);
    return Arbitraries.oneOf(any, Arbitraries.randomValue(AlikeItems::of));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void filesOfOurs(
      @ForAll("items") List<Map<String, AttributeValue>> items,
      @ForAll("settings") Settings settings)
      throws IOException {
    write(items);
    assertSame(settings.recipe(new ParquetFormat()));
  }

  private void write(List<Map<String, AttributeValue>> items) throws IOException {
    InferredSchema inferred = InferredSchema.of(OddFiles.SCHEMAS.get(0));
    List<SourcedItem> sourced = items.stream().map(SourcedItem::withoutOrigin).toList();
    sourced.forEach(inferred::add);
    TableSchema schema = inferred.toSchema("items");
    ItemRecords records = ItemRecords.of(schema);
    ColumnarFiles.writeParquet(file, schema.avro(), sourced.stream().map(records::record).toList());
  }

  private FileSlice slice() {
    return FileSlice.whole(LocalResources.fromFile(file.toFile(), false), file.toFile().length());
  }

  private void assertSame(SliceReader.Recipe recipe) throws IOException {
    assertThat(
        results(SliceReader.open(recipe, slice())),
        equalTo(results(SliceReader.openToParse(recipe, slice()))));
  }

  private static List<Result> results(SliceReader reader) throws IOException {
    List<Result> results = new ArrayList<>();
    try (reader) {
      for (ReadRecord read = reader.next(); read != null; read = reader.next()) {
        results.add(Result.of(read));
      }
    }
    return results;
  }

  /** Attributes of every type that a column can have by itself, and those that take an object. */
  @Example
  void ordinaryItemsArePlain() throws IOException {
    KeySchema key = new KeySchema(KeyAttribute.parse("id:S"), KeyAttribute.parse("n:N"));
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      items.add(
          ColumnarFiles.item(
              """
              {"id":{"S":"a%d"},"n":{"N":"%d.%d"},"whole":{"N":"-%d"},"b":{"B":"AAEC"},
               "bool":{"BOOL":%s},"l":{"L":[{"S":"a"},{"N":"1.5"}]},"ss":{"SS":["b","a"]},
               "m":{"M":{"x":{"S":"é"},"y":{"N":"2"}}} %s}"""
                  .formatted(
                      i, i, i % 100, i, i % 2 == 0, i % 3 == 0 ? ",\"z\":{\"S\":\"\"}" : "")));
    }
    write(items);
    assertPlain(
        new Settings(key, KeyFrom.RECORD, List.of(), PathColumns.NONE).recipe(new ParquetFormat()),
        items.size());
  }

  @Example
  void ordinaryRecordsOfOthersArePlain() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message trips {
              required int64 id; optional binary x (STRING); optional double fare;
              optional int64 at (TIMESTAMP(MICROS,true)); optional int64 n (DECIMAL(18,2));
              optional boolean flag; optional group l (LIST) {
                repeated group list { optional int32 element; } } }
            """);
    Group[] records = new Group[300];
    for (int i = 0; i < records.length; i++) {
      Group record = new SimpleGroup(schema);
      record.append("id", (long) i).append("fare", i / 4.0).append("at", i * 1_000_000L);
      record.append("n", i * 10L).append("flag", i % 2 == 0);
      if (i % 2 == 0) {
        record.append("x", "text " + i);
      }
      record.addGroup("l").addGroup("list").append("element", i);
      records[i] = record;
    }
    ColumnarFiles.writeParquet(file, schema, records);
    // The key of the table is a string, and the column is not.
    assertPlain(
        new Settings(OddFiles.SCHEMAS.get(0), KeyFrom.RECORD, List.of(), PathColumns.NONE)
            .recipe(new ParquetFormat()),
        records.length);
  }

  private void assertPlain(SliceReader.Recipe recipe, int records) throws IOException {
    int read = 0;
    try (RecordReader reader = recipe.format().open(slice())) {
      PlainRecords plain = recipe.plain(reader);
      while (reader.next()) {
        assertThat(new String(reader.record(), UTF_8), plain.read(), notNullValue());
        read++;
      }
      assertThat(plain.misses(), is(0));
    }
    assertThat(read, is(records));
    assertSame(recipe);
  }
}
