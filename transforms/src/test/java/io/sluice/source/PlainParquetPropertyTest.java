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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item that is written from the columns of Parquet is the one that parsing the record gives. */
class PlainParquetPropertyTest {
  private static final int TRIES = 400;
  private static final int RECORDS = 12;

  private static final List<String> TYPES =
      List.of(
          "int32 %s",
          "int32 %s (INTEGER(8,true))",
          "int32 %s (INTEGER(32,false))",
          "int32 %s (DATE)",
          "int32 %s (TIME(MILLIS,true))",
          "int32 %s (DECIMAL(9,2))",
          "int64 %s",
          "int64 %s (INTEGER(64,true))",
          "int64 %s (INTEGER(64,false))",
          "int64 %s (TIME(NANOS,false))",
          "int64 %s (TIMESTAMP(MILLIS,true))",
          "int64 %s (TIMESTAMP(MICROS,false))",
          "int64 %s (DECIMAL(18,0))",
          "int64 %s (DECIMAL(18,7))",
          "int64 %s (DECIMAL(18,18))",
          "int96 %s",
          "boolean %s",
          "float %s",
          "double %s",
          "binary %s (STRING)",
          "binary %s (ENUM)",
          "binary %s (JSON)",
          "binary %s (BSON)",
          "binary %s",
          "binary %s (DECIMAL(38,3))",
          "fixed_len_byte_array(5) %s (DECIMAL(11,9))",
          "fixed_len_byte_array(16) %s (DECIMAL(38,0))",
          "fixed_len_byte_array(16) %s (UUID)",
          "fixed_len_byte_array(2) %s (FLOAT16)",
          "fixed_len_byte_array(3) %s",
          "group %s (LIST) { repeated group list { optional int32 element; } }",
          "group %s (LIST) { repeated group list { optional binary element (STRING); } }",
          "group %s (MAP) { repeated group key_value {"
              + " required binary key (STRING); optional double value; } }",
          "group %s { optional binary a (STRING); optional int64 b (DECIMAL(18,2)); }");

  private static final List<String> NAMES = List.of("id", "n", "x", "bin", "flag", "é", "Z");

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
    Arbitrary<String> fields =
        Combinators.combine(
                Arbitraries.of("required", "optional", "optional", "repeated"),
                Arbitraries.of(TYPES))
            .as((repetition, type) -> repetition + " " + type + (type.endsWith("}") ? "" : ";"));
    return fields
        .list()
        .ofMinSize(1)
        .ofMaxSize(NAMES.size())
        .map(
            list -> {
              StringBuilder text = new StringBuilder("message record {");
              for (int i = 0; i < list.size(); i++) {
                text.append(list.get(i).formatted(NAMES.get(i)));
              }
              return MessageTypeParser.parseMessageType(text.append('}').toString());
            });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void filesOfOthers(
      @ForAll("schemas") MessageType schema,
      @ForAll("settings") Settings settings,
      @ForAll Random random)
      throws IOException {
    Group[] records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> filled(new SimpleGroup(schema), schema, random))
            .toArray(Group[]::new);
    ColumnarFiles.writeParquet(file, schema, records);
    assertSame(settings.recipe(new ParquetFormat()));
  }

  private static Group filled(Group group, GroupType type, Random random) {
    for (Type field : type.getFields()) {
      int count =
          switch (field.getRepetition()) {
            case REQUIRED -> 1;
            case OPTIONAL -> random.nextInt(4) == 0 ? 0 : 1;
            case REPEATED -> random.nextInt(3);
          };
      for (int i = 0; i < count; i++) {
        if (field.isPrimitive()) {
          add(group, field.asPrimitiveType(), random);
        } else {
          filled(group.addGroup(field.getName()), field.asGroupType(), random);
        }
      }
    }
    return group;
  }

  private static void add(Group group, PrimitiveType type, Random random) {
    String name = type.getName();
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> group.add(name, random.nextBoolean());
      case INT32 -> group.add(name, (int) whole(random));
      case INT64 -> group.add(name, whole(random));
      case FLOAT -> group.add(name, (float) real(random));
      case DOUBLE -> group.add(name, real(random));
      case INT96 -> group.add(name, bytes(12, random));
      case FIXED_LEN_BYTE_ARRAY -> group.add(name, bytes(type.getTypeLength(), random));
      case BINARY ->
          group.add(
              name,
              type.getLogicalTypeAnnotation() != null && random.nextInt(8) > 0
                  ? Binary.fromString(text(random))
                  : bytes(random.nextInt(20), random));
    }
  }

  private static <T> T any(Random random, List<IntFunction<T>> kinds) {
    return kinds.get(random.nextInt(kinds.size())).apply(random.nextInt());
  }

  private static long whole(Random random) {
    return any(
        random,
        List.of(
            i -> (long) (i % 10),
            i -> (long) i,
            i -> i * 100L,
            i -> (long) i * i,
            i -> random.nextLong(),
            i -> (i & 1) == 0 ? Long.MIN_VALUE : Long.MAX_VALUE,
            i -> (long) Math.pow(10, i & 15) * 1000 - (i & 1),
            i -> -(long) Math.pow(10, i & 15) * 1000 + (i & 1)));
  }

  private static double real(Random random) {
    return any(
        random,
        List.of(
            i -> i / 100.0,
            i -> i % 1000 / 4.0,
            i -> (double) i,
            i -> i * 1e-7,
            i -> i * 1e10,
            i -> -0.0,
            i -> i % 3 == 0 ? Double.NaN : Double.POSITIVE_INFINITY,
            i -> Double.longBitsToDouble(random.nextLong()),
            i -> random.nextGaussian(),
            i -> 0.1 + 0.2,
            i -> Math.nextUp(i / 100.0),
            i -> 1e15 + (i & 7) - 4));
  }

  private static String text(Random random) {
    return any(
        random,
        List.of(
            i -> "",
            i -> "1.50",
            i -> String.valueOf(i),
            i -> "a|b\\c\"",
            i -> "é\uD83D\uDE00",
            i -> "some text " + (i & 7)));
  }

  private static Binary bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      // Small numbers, of either sign.
      Arrays.fill(bytes, 0, Math.max(0, length - 3), (byte) -random.nextInt(2));
    }
    return Binary.fromConstantByteArray(bytes);
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
