/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.schema.TableSchema.Maps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns attributes within maps have, and which maps stay one column. */
class FlatMapsTest {
  private static InferredSchema infer(String... items) {
    return Inferring.infer(Arrays.stream(items).map(Inferring::keyed).toArray(String[]::new));
  }

  private static List<String> columns(InferredSchema schema) {
    return schema.toSchema("t", ColumnNaming.ASCII, Maps.FLAT).columns().stream()
        .map(TableSchema.Column::attribute)
        .toList();
  }

  private static List<String> notes(InferredSchema schema) {
    return schema.notes(ColumnNaming.ASCII, Maps.FLAT).stream()
        .filter(note -> note.kind() != SchemaNote.Kind.COLUMN_RENAMED)
        .map(SchemaNote::toString)
        .toList();
  }

  @Test
  void mapsWithinMapsAreDivided() {
    InferredSchema schema =
        infer(
            "'a':{'M':{'b':{'S':'x'},'c':{'M':{'d':{'N':'1.5'},'e':{'L':[]}}}}},'z':{'N':'1'}",
            "'a':{'M':{'b':{'S':'y'},'c':{'M':{'f':{'SS':['q']}}}}}",
            "'a':{'NULL':true}",
            "");
    assertThat(columns(schema), contains("pk", "a.b", "a.c.d", "a.c.e", "a.c.f", "z"));
    assertThat(notes(schema), is(empty()));
    TableSchema flat = schema.toSchema("t", ColumnNaming.ASCII, Maps.FLAT);
    assertThat(flat.columns().get(2).path(), is(List.of("a", "c", "d")));
    assertThat(TableSchema.parse(flat.toJson()), is(flat));
    assertThat(
        flat.columns().get(2).field().schema().toString(),
        is(
            "[\"null\",{\"type\":\"fixed\",\"name\":\"decimal_2_1\",\"size\":1,\"logicalType\":\"decimal\",\"precision\":2,\"scale\":1}]"));
  }

  @Test
  void namesWithDotsDifferFromPaths() {
    InferredSchema schema =
        infer("'a.b':{'S':'x'},'a':{'M':{'b':{'S':'y'},'b.c':{'S':'z'}}},'w\\\\v':{'N':'1'}");
    assertThat(columns(schema), contains("pk", "a.b", "a.b\\.c", "a\\.b", "w\\\\v"));
    assertThat(notes(schema), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'a':{'M':{}}|is one column: it is an empty map in some items, of which columns would show"
            + " nothing",
        "'a':{'M':{'b':{'NULL':true}}}|is one column: it has attributes that are NULL, empty or of"
            + " several types, which columns would not give back",
        "'a':{'M':{'b':{'S':''}}}|is one column: it has attributes that are NULL, empty or of"
            + " several types, which columns would not give back",
        "'a':{'M':{'c':{'B':''}}}|is one column: it has attributes that are NULL, empty or of"
            + " several types, which columns would not give back",
        "'a':{'M':{'b':{'N':'1'}}}|is one column: it has attributes that are NULL, empty or of"
            + " several types, which columns would not give back",
        "'a':{'M':{'c ':{'S':'x'}}}|is one column: it has names that a column of its own cannot"
            + " have",
        "'a':{'S':'x'}|has several types: M 1, S 1; it is JSON",
      })
  void aMapThatColumnsWouldNotGiveBackIsOneColumn(String other, String why) {
    InferredSchema schema = infer("'a':{'M':{'b':{'S':'x'}}}", other, "'d':{'M':{'e':{'N':'1'}}}");
    assertThat(columns(schema), contains("pk", "a", "d.e"));
    assertThat(notes(schema), hasItem("attribute 'a' " + why));
  }

  @Test
  void soIsAMapWithinAMap() {
    InferredSchema schema = infer("'a':{'M':{'b':{'M':{'c':{'S':''}}},'d':{'M':{'e':{'S':'x'}}}}}");
    assertThat(columns(schema), contains("pk", "a.b", "a.d.e"));
    assertThat(
        notes(schema),
        contains(
            "attribute 'a.b' is one column: it has attributes that are NULL, empty or of several"
                + " types, which columns would not give back"));
  }

  @Test
  void aMapOfTooManyNamesIsOneColumn() {
    String many =
        IntStream.range(0, 201).mapToObj("'n%d':{'N':'1'}"::formatted).collect(joining(","));
    InferredSchema schema = infer("'a':{'M':{" + many + "}},'d':{'M':{'e':{'N':'1'}}}");
    assertThat(columns(schema), contains("pk", "a", "d.e"));
    assertThat(
        notes(schema),
        contains("attribute 'a' has too many names for columns of their own: it is a map"));
  }

  @Test
  void moreColumnsThanItemsMayHaveAreNotMade() {
    String names =
        IntStream.range(0, 200).mapToObj("'n%d':{'N':'1'}"::formatted).collect(joining(","));
    String maps =
        IntStream.range(0, 10)
            .mapToObj(i -> "'m%d':{'M':{%s}}".formatted(i, names))
            .collect(joining(","));
    assertThat(columns(infer(maps)).size(), is(2_001));
    assertThat(notes(infer(maps)), is(empty()));
    InferredSchema beyond = infer(maps + ",'x.y':{'N':'1'}");
    assertThat(columns(beyond).size(), is(12));
    assertThat(columns(beyond).get(11), is("x\\.y"));
    assertThat(
        notes(beyond),
        contains(
            "each map is one column: with columns of their own there would be over 2,000 in all"));
  }

  private static InferredSchema keyed(String key, String attributes) {
    InferredSchema schema = InferredSchema.of(KeySchema.of(KeyAttribute.parse(key + ":S")));
    schema.add(
        Inferring.item("{'%s':{'S':'x'},%s}".formatted(key.replace("\\", "\\\\"), attributes)));
    return schema;
  }

  @Test
  void keyAttributesKeepTheirNames() {
    InferredSchema schema = keyed("a.b", "'a':{'M':{'b':{'S':'y'}}},'c':{'M':{'d':{'S':'z'}}}");
    assertThat(columns(schema), contains("a.b", "a", "c.d"));
    assertThat(
        notes(schema),
        contains("attribute 'a' is one column: it has names that a column of its own cannot have"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> columns(keyed("a\\.b", "'a.b':{'S':'x'}")))
            .getMessage(),
        is("attribute 'a.b' would have the name of a key attribute as its column"));
  }
}
