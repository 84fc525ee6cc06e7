/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static io.sluice.format.csv.CsvFiles.only;
import static io.sluice.format.csv.CsvFiles.reason;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.stream.ColumnText.Type;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns whose names are paths into maps. */
class NestedColumnsTest {
  private static CsvFormat nested(Map<String, Type> columns, EmptyAs emptyAs) {
    return new CsvFormat(
        null,
        ',',
        QuotedNewlines.ALLOWED,
        new CsvValues(columns, Map.of(), emptyAs, null, false, true));
  }

  private static final CsvFormat NESTED = nested(Map.of(), EmptyAs.OMIT);

  @Test
  void namesWithDotsAreMapsWithinMaps() throws IOException {
    CsvFormat format =
        nested(Map.of("a.n", Type.N, "a.b.tags", Type.SS, "more", Type.M), EmptyAs.OMIT);
    assertThat(
        only(
            format,
            "id,a.n,a.b.tags,a.b.city,more\n" + "x,1.50,\"[\"\"y\"\"]\",Rom,\"{\"\"k.l\"\":1}\"\n"),
        is(
            Map.of(
                "id",
                fromS("x"),
                "a",
                fromM(
                    Map.of(
                        "n",
                        fromN("1.5"),
                        "b",
                        fromM(Map.of("tags", fromSs(List.of("y")), "city", fromS("Rom"))))),
                "more",
                fromM(Map.of("k.l", fromN("1"))))));
  }

  @Test
  void theyStayAsTheyAreByDefault() throws IOException {
    assertThat(
        only(CsvFiles.FORMAT, "a.b,c\nx,y\n"), is(Map.of("a.b", fromS("x"), "c", fromS("y"))));
  }

  @Test
  void aMapWithoutValuesIsLeftOut() throws IOException {
    assertThat(only(NESTED, "id,a.b,a.c.d\nx,,\n"), is(Map.of("id", fromS("x"))));
    assertThat(
        only(NESTED, "id,a.b,a.c.d\nx,y,\n"),
        is(Map.of("id", fromS("x"), "a", fromM(Map.of("b", fromS("y"))))));
    assertThat(
        only(nested(Map.of(), EmptyAs.NULL), "id,a.b\nx,\n"),
        is(Map.of("id", fromS("x"), "a", fromM(Map.of("b", fromNul(true))))));
  }

  @Test
  void keyAttributesKeepTheirNames() throws IOException {
    CsvFormat format = NESTED.withKeys(List.of(KeyAttribute.parse("the.pk:N")));
    assertThat(
        only(format, "the.pk,the.rest\n7,x\n"),
        is(Map.of("the.pk", fromN("7"), "the", fromM(Map.of("rest", fromS("x"))))));
  }

  @Test
  void aDotInANameIsEscaped() throws IOException {
    assertThat(
        only(
            nested(Map.of("a\\.b", Type.N), EmptyAs.OMIT),
            "a\\.b,a.b,c.d\\.e,f\\\\g,h\\i\n7,v,w,x,y\n"),
        is(
            Map.of(
                "a.b",
                fromN("7"),
                "a",
                fromM(Map.of("b", fromS("v"))),
                "c",
                fromM(Map.of("d.e", fromS("w"))),
                "f\\g",
                fromS("x"),
                "h\\i",
                fromS("y"))));
    CsvFormat keyed = NESTED.withKeys(List.of(KeyAttribute.parse("the.pk:N")));
    assertThat(only(keyed, "the\\.pk,x\n7,y\n").get("the.pk"), is(fromN("7")));
  }

  @Test
  void namesMayBeGivenByAnOption() throws IOException {
    assertThat(
        only(NESTED.withHeader(List.of("a.b", "c")), "x,y\n"),
        is(Map.of("a", fromM(Map.of("b", fromS("x"))), "c", fromS("y"))));
  }

  @ParameterizedTest
  @CsvSource({
    "'a,a.b','of columns 1 and 2 one is a value and the other a part of it, by --nestColumns'",
    "'a.b,x,a','of columns 1 and 3 one is a value and the other a part of it, by --nestColumns'",
    "'a.b.c,a.b','of columns 1 and 2 one is a value and the other a part of it, by --nestColumns'",
    "'x,a..b','the name of column 2 has an empty part, and --nestColumns takes it for a path'",
    "'x,.b','the name of column 2 has an empty part, and --nestColumns takes it for a path'",
    "'x,a.','the name of column 2 has an empty part, and --nestColumns takes it for a path'",
  })
  void whatContradictsRejectsEveryRecord(String header, String why) throws IOException {
    assertThat(message(NESTED.values(), header), is("the header of the file: " + why));
    assertThat(reason(NESTED, header + "\n1,2,3\n"), is(Reason.HEADER));
  }

  @Test
  void aColumnThatIsWantedHasItsWholeName() {
    CsvFormat format = nested(Map.of("a.b", Type.N), EmptyAs.OMIT);
    assertThat(message(format.values(), "a.c"), is("the header of the file has no column 'a.b'"));
  }

  private static String message(CsvValues values, String header) {
    CsvParser parser = CsvParser.of(CsvDialect.of(","), values, List.of(header.split(",", -1)));
    byte[] record = "1,2,3".getBytes(StandardCharsets.UTF_8);
    return assertThrows(InvalidItemException.class, () -> parser.parse(record)).getMessage();
  }

  @Test
  void contradictingOptionsAreNamed() {
    NestedColumns.check(List.of("a.b", "a.c", "ab", "a.bc", "a\\.b", "a\\.b\\.c"));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NestedColumns.check(List.of("address.city", "x", "address")));
    assertThat(
        e.getMessage(),
        is(
            "'address' and 'address.city' do not go together: with --nestColumns, 'address' is both"
                + " a value and a map"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a.", ".a", "a..b"})
  void soArePathsWithAnEmptyName(String name) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> NestedColumns.check(List.of("a", name)));
    assertThat(e.getMessage().startsWith("'" + name + "' has an empty name"), is(true));
  }

  @Test
  void aPathIsNoDeeperThanDynamoDbAllows() throws IOException {
    String most = String.join(".", Collections.nCopies(32, "a"));
    NestedColumns.check(List.of(most));
    assertThrows(IllegalArgumentException.class, () -> NestedColumns.check(List.of(most + ".a")));
    String dots = "a" + ".a".repeat(5000);
    assertThat(reason(NESTED, "id," + dots + "\n1,2\n"), is(Reason.HEADER));
  }
}
