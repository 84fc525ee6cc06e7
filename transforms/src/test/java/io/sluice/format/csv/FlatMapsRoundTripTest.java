/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.ItemCursor;
import io.sluice.item.ItemDiff;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.TableSchema;
import io.sluice.schema.TableSchema.Maps;
import io.sluice.source.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps that are exported as columns with dotted names are imported as the same maps. */
class FlatMapsRoundTripTest {
  private static final int TRIES = 1_000;
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("k.x:N"));

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> alike() {
    return Arbitraries.randomValue(random -> new MapsOfMaps(random).alike(6));
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> odd() {
    return Arbitraries.randomValue(random -> new MapsOfMaps(random).odd(6));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void itemsThatAreAlikeComeBackFromAColumnForEachAttribute(
      @ForAll("alike") List<Map<String, AttributeValue>> items) throws IOException {
    assertSame(written(items, Maps.FLAT), items);
    for (TableSchema.Column column : schema(items, Maps.FLAT).columns()) {
      assertThat(types(column.path(), items).contains(AttributeValue.Type.M), is(false));
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void nothingIsLostThatOneColumnForAMapKeeps(
      @ForAll("odd") List<Map<String, AttributeValue>> items) throws IOException {
    assertSame(written(items, Maps.FLAT), written(items, Maps.WHOLE));
  }

  private static void assertSame(
      List<Map<String, AttributeValue>> read, List<Map<String, AttributeValue>> items) {
    assertThat(read.size(), is(items.size()));
    for (int i = 0; i < items.size(); i++) {
      assertThat(ItemDiff.differing(items.get(i), read.get(i)), is(Set.of()));
    }
  }

  private static TableSchema schema(List<Map<String, AttributeValue>> items, Maps maps) {
    InferredSchema inferred = InferredSchema.of(KEY);
    items.stream().map(SourcedItem::withoutOrigin).forEach(inferred::add);
    return inferred.toSchema("t", ColumnNaming.ASCII, maps);
  }

  private static String write(TableSchema schema, List<Map<String, AttributeValue>> items)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvLines lines = new CsvLines(out, schema);
    for (Map<String, AttributeValue> item : items) {
      lines.write(ItemCursor.of(SourcedItem.withoutOrigin(item)));
    }
    lines.flush();
    return out.toString(UTF_8);
  }

  /** Writes items and reads them, each column with the type that its attribute has. */
  private static List<Map<String, AttributeValue>> written(
      List<Map<String, AttributeValue>> items, Maps maps) throws IOException {
    TableSchema schema = schema(items, maps);
    String csv = write(schema, items);
    Map<String, ColumnText.Type> columns = new HashMap<>();
    for (TableSchema.Column column : schema.columns()) {
      Set<AttributeValue.Type> types = types(column.path(), items);
      String name = String.valueOf(column.attribute());
      if (types.size() == 1 && !KEY_NAMES.contains(name)) {
        String type = types.iterator().next().name();
        columns.put(name, ColumnText.Type.valueOf(type));
      }
    }
    CsvFormat format =
        new CsvFormat(
                null,
                ',',
                QuotedNewlines.ALLOWED,
                new CsvValues(columns, Map.of(), EmptyAs.OMIT, null, false, maps == Maps.FLAT))
            .withKeys(KEY.attributes());
    List<Map<String, AttributeValue>> read = new ArrayList<>();
    for (Records.Result result : Records.of(format, csv)) {
      assertThat(result.reason() + " " + csv, result.reason() == null, is(true));
      read.add(result.item());
    }
    return read;
  }

  private static final Set<String> KEY_NAMES = Set.of("pk", "k.x");

  private static Set<AttributeValue.Type> types(
      List<String> path, List<Map<String, AttributeValue>> items) {
    Set<AttributeValue.Type> types = EnumSet.noneOf(AttributeValue.Type.class);
    for (Map<String, AttributeValue> item : items) {
      AttributeValue value = value(path, item);
      if (value != null && value.type() != AttributeValue.Type.NUL) {
        types.add(value.type());
      }
    }
    return types;
  }

  private static @Nullable AttributeValue value(
      List<String> path, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(path.get(0));
    for (String name : path.subList(1, path.size())) {
      value = value == null || !value.hasM() ? null : value.m().get(name);
    }
    return value;
  }

  private static Map<String, AttributeValue> item(AttributeValue a) {
    return Map.of("pk", fromS("x"), "k.x", fromN("1"), "a", a);
  }

  private static String refusal(AttributeValue a) {
    TableSchema schema =
        schema(
            List.of(item(fromM(Map.of("b", fromS("x"), "c", fromM(Map.of("d", fromS("y"))))))),
            Maps.FLAT);
    return assertThrows(IllegalArgumentException.class, () -> write(schema, List.of(item(a))))
        .getMessage();
  }

  @Example
  void anItemThatDoesNotFitIsRefused() {
    String why = ", so that it would not come back from its columns in the schema";
    assertThat(refusal(fromS("x")), is("attribute 'a' is not a map" + why));
    assertThat(refusal(fromM(Map.of())), is("attribute 'a' is an empty map" + why));
    assertThat(
        refusal(fromM(Map.of("b", fromNul(true)))),
        is("attribute 'a' has an attribute that is NULL or empty" + why));
    assertThat(
        refusal(fromM(Map.of("b", fromS("")))),
        is("attribute 'a' has an attribute that is NULL or empty" + why));
    assertThat(
        refusal(fromM(Map.of("z", fromS("x")))),
        is("attribute 'a' has an attribute without a column" + why));
    assertThat(
        refusal(fromM(Map.of("b", fromS("x"), "c", fromN("1")))),
        is("attribute 'c' is not a map" + why));
  }
}
