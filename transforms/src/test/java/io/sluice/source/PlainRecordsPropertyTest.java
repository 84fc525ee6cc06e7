/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.stream.ColumnText.Type;
import io.sluice.format.text.TextFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.source.slice.ReadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.checkerframework.checker.nullness.qual.Nullable;

/** A record that is read from bytes to bytes gives what parsing it gives, or is parsed. */
class PlainRecordsPropertyTest {
  private static final int TRIES = 400;
  private Path folder = Path.of("");

  /** Settings that apply to every format. */
  record Settings(
      @Nullable KeySchema schema, KeyFrom keyFrom, List<KeyAttribute> indexKeys, PathColumns path) {
    SliceReader.Recipe recipe(Format format) {
      SliceReader.Recipe recipe =
          new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of())
              .withIndexKeys(indexKeys)
              .withPathColumns(path);
      return schema == null ? recipe : recipe.withKey(schema, keyFrom);
    }
  }

  /** The result of one record, by value. */
  record Result(String origin, List<Byte> item, List<Byte> key, String rejection) {
    static Result of(ReadRecord read) {
      return new Result(
          read.item() == null ? "" : read.item().origin().toString(),
          bytes(read.item() == null ? null : read.item().encoded()),
          bytes(read.key() == null ? null : read.key().bytes()),
          String.valueOf(read.rejection()));
    }

    private static List<Byte> bytes(byte @Nullable [] array) {
      List<Byte> bytes = new ArrayList<>();
      for (byte b : array == null ? new byte[0] : array) {
        bytes.add(b);
      }
      return bytes;
    }
  }

  @BeforeTry
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("plain");
    Files.createDirectories(folder.resolve("region=eu").resolve("n=1.50"));
  }

  @AfterTry
  void removeFolder() throws IOException {
    for (Path path :
        List.of(
            folder.resolve("region=eu/n=1.50/file"),
            folder.resolve("region=eu/n=1.50"),
            folder.resolve("region=eu"),
            folder)) {
      Files.deleteIfExists(path);
    }
  }

  @Provide
  Arbitrary<Settings> settings() {
    return Combinators.combine(
            Arbitraries.of(OddFiles.SCHEMAS).injectNull(0.1),
            Arbitraries.of("RECORD", "md5", "sha256", "x", "x,n", "flag,id").map(KeyFrom::parse),
            Arbitraries.<List<KeyAttribute>>of(
                List.of(),
                List.of(KeyAttribute.parse("x:S")),
                List.of(KeyAttribute.parse("n:N"), KeyAttribute.parse("bin:B"))),
            Arbitraries.of(
                PathColumns.NONE,
                new PathColumns(Map.of("region", Type.S)),
                new PathColumns(Map.of("n", Type.N)),
                new PathColumns(Map.of("missing", Type.S))))
        .as(Settings::new);
  }

  @Provide
  Arbitrary<CsvValues> csvValues() {
    return Combinators.combine(
            Arbitraries.<Map<String, Type>>of(
                Map.of(), Map.of("n", Type.N), Map.of("flag", Type.BOOL, "bin", Type.B)),
            Arbitraries.of(EmptyAs.class),
            Arbitraries.of("NULL", "\"", "x").injectNull(0.5),
            Arbitraries.of(true, false))
        .as(
            (types, emptyAs, nullValue, comma) ->
                new CsvValues(types, Map.of(), emptyAs, nullValue, comma));
  }

  @Provide
  Arbitrary<String> csv() {
    return OddFiles.csv();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void csvRecords(
      @ForAll("csv") String file,
      @ForAll("csvValues") CsvValues values,
      @ForAll("settings") Settings settings,
      @ForAll QuotedNewlines newlines)
      throws IOException {
    assertSame(settings.recipe(new CsvFormat(null, ',', newlines, values)), file.getBytes(UTF_8));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void bytesThatAreNotUtf8(
      @ForAll("csv") String file, @ForAll("settings") Settings settings, @ForAll int place)
      throws IOException {
    byte[] bytes = file.getBytes(UTF_8);
    bytes[Math.floorMod(place, bytes.length)] = (byte) (place >> 8);
    assertSame(settings.recipe(CsvFormat.PLAIN), bytes);
    assertSame(settings.recipe(new TextFormat("x", place & 7)), bytes);
  }

  @Provide
  Arbitrary<String> json() {
    return OddFiles.json();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void jsonRecords(@ForAll("json") String file, @ForAll("settings") Settings settings)
      throws IOException {
    assertSame(
        settings.recipe(JsonFormat.withColumns(Map.of("flag", Type.BOOL, "x", Type.S))),
        file.getBytes(UTF_8));
  }

  @Provide
  Arbitrary<String> typedJson() {
    return OddFiles.typedJson();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void recordsOfDynamoDbJson(
      @ForAll("typedJson") String file, @ForAll("settings") Settings settings) throws IOException {
    assertSame(settings.recipe(new DynamoDbJsonFormat()), file.getBytes(UTF_8));
  }

  private void assertSame(SliceReader.Recipe recipe, byte[] content) throws IOException {
    FileSlice slice = write(content);
    assertThat(
        results(SliceReader.open(recipe, slice)),
        equalTo(results(SliceReader.openToParse(recipe, slice))));
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

  private FileSlice write(byte[] content) throws IOException {
    Path file = folder.resolve("region=eu/n=1.50/file");
    Files.write(file, content);
    return FileSlice.whole(LocalResources.fromFile(file.toFile(), false), content.length);
  }

  @Example
  void ordinaryRecordsArePlain() throws IOException {
    CsvValues typed =
        new CsvValues(Map.of("n", Type.N, "flag", Type.BOOL), Map.of(), EmptyAs.OMIT, null);
    KeySchema key = OddFiles.SCHEMAS.get(0);
    PathColumns path = new PathColumns(Map.of("region", Type.S));
    String csv = "x,n,flag\na,1.50,true\n\"b, c\",-2,false\n\"d \"\"e\"\"\",,\né,0.5,true\n";
    for (String from : List.of("md5", "x")) {
      assertPlain(
          new Settings(key, KeyFrom.parse(from), List.of(), path)
              .recipe(new CsvFormat(null, ',', QuotedNewlines.ALLOWED, typed)),
          csv,
          4);
    }
    Settings own =
        new Settings(OddFiles.SCHEMAS.get(1), KeyFrom.RECORD, List.of(), PathColumns.NONE);
    assertPlain(
        own.recipe(JsonFormat.withColumns(Map.of("flag", Type.BOOL))),
        "{\"id\":\"a\\n\",\"n\":1}\n{\"n\":2.5,\"id\":\"b\",\"flag\":true,\"l\":[1,{\"a\":null}]}\n",
        2);
    assertPlain(
        own.recipe(new DynamoDbJsonFormat()),
        "{\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"},\"s\":{\"SS\":[\"b\",\"a\"]}}}\n"
            + "{\"n\":{\"N\":\"1.5\"},\"id\":{\"S\":\"a\"},\"m\":{\"M\":{\"l\":{\"L\":[]}}}}\n",
        2);
    assertPlain(
        new Settings(key, KeyFrom.parse("sha256"), List.of(), path).recipe(new TextFormat("x", 1)),
        "line\nanother line\n",
        2);
  }

  private void assertPlain(SliceReader.Recipe recipe, String content, int records)
      throws IOException {
    int read = 0;
    try (RecordReader reader = recipe.format().open(write(content.getBytes(UTF_8)))) {
      PlainRecords plain = recipe.plain(reader);
      while (reader.next()) {
        assertThat(new String(reader.record(), UTF_8), plain.read(), notNullValue());
        read++;
      }
      assertThat(plain.misses(), is(0));
    }
    assertThat(read, is(records));
  }

  /** Where no record is plain, trying ends; a file with some odd records goes on. */
  @Example
  void givesUpWhereNothingIsPlain() throws IOException {
    SliceReader.Recipe recipe =
        new Settings(null, KeyFrom.RECORD, List.of(), PathColumns.NONE).recipe(CsvFormat.PLAIN);
    assertThat(misses(recipe, "a,b\n" + "1,\"x\"y\n".repeat(1000)), lessThan(300));
    assertThat(misses(recipe, "a,b\n" + "1,\"x\"y\n1,2\n".repeat(1000)), lessThan(2));
    assertThat(misses(recipe, "a,b\n" + "1,\"x\"y\n".repeat(1000)), greaterThan(200));
  }

  private int misses(SliceReader.Recipe recipe, String content) throws IOException {
    try (RecordReader reader = recipe.format().open(write(content.getBytes(UTF_8)))) {
      PlainRecords plain = recipe.plain(reader);
      while (reader.next()) {
        plain.read();
      }
      return plain.misses();
    }
  }
}
