/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static io.sluice.schema.Inferring.fields;
import static io.sluice.schema.Inferring.infer;
import static io.sluice.schema.Inferring.keyed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of columns for attributes of any name. */
class ColumnNamesTest {

  private static String booleans(String... names) {
    return String.join(
        ",", Stream.of(names).map(name -> "'%s':{'BOOL':true}".formatted(name)).toList());
  }

  private static TableSchema schema(ColumnNaming naming, String... names) {
    return infer(keyed(booleans(names))).toSchema("t", naming);
  }

  /**
   * Returns each attribute with its column in Parquet, in the order of the files, without the key.
   */
  private static List<String> columns(ColumnNaming naming, String... names) {
    return schema(naming, names).columns().stream()
        .skip(1)
        .map(column -> column.attribute() + " " + TableSchema.parquetColumn(column.field()))
        .toList();
  }

  private static List<String> notes(ColumnNaming naming, String... names) {
    return infer(keyed(booleans(names))).notes(naming).stream().map(SchemaNote::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "名前, 名前, __",
    "naïve, naïve, na_ve",
    "e\u0301te\u0301, e\u0301te\u0301, e_te_",
    "हिन्दी, हिन्दी, ______",
    "שֵׁם, שֵׁם, ____",
    "𠮷野, 𠮷野, __",
    "год2026, год2026, ___2026",
    "二〇二六, 二〇二六, ____",
    "a١٢, a١٢, a__",
    "١٢, _١٢, __",
    "1x, _1x, _1x",
    "a-b c.d, a_b_c_d, a_b_c_d",
    "😀, _, _",
    // A combining mark has no letter before it.
    "❤\ufe0f, __, __",
    "\u0301e, _e, _e",
    "_\u0301, __, __",
    "m², m_, m_",
    "'می\u200cخواهم', می_خواهم, ________",
  })
  void whatStaysOfAName(String attribute, String unicode, String ascii) {
    assertThat(ColumnNaming.UNICODE.column(attribute), is(unicode));
    assertThat(ColumnNaming.ASCII.column(attribute), is(ascii));
  }

  @Test
  void longNamesAreCut() {
    assertThat(ColumnNaming.UNICODE.column("a".repeat(200)), is("a".repeat(128)));
    assertThat(ColumnNaming.ASCII.column("a".repeat(200)), is("a".repeat(128)));
    assertThat(ColumnNaming.UNICODE.column("名".repeat(200)), is("名".repeat(80)));
    assertThat(ColumnNaming.UNICODE.column("𠮷".repeat(200)), is("𠮷".repeat(60)));
    // It has three bytes in lower case, but two as it is.
    assertThat(ColumnNaming.UNICODE.column("Ⱥ".repeat(200)), is("Ⱥ".repeat(80)));
    String one = "名".repeat(200);
    assertThat(
        columns(ColumnNaming.UNICODE, one + "a", one + "b"),
        contains(one + "a " + "名".repeat(80), one + "b " + "名".repeat(80) + "_2"));
    assertThat(("名".repeat(80) + "_2").getBytes(UTF_8).length, is(242));
  }

  @Test
  void aFieldHasANameThatAvroTakesAndSaysItsColumn() {
    assertThat(
        fields(booleans("a-b", "1x", "é", "😀")),
        is(
            "{'name':'_1x','type':'boolean','dynamodb.name':'1x'},"
                + "{'name':'a_b','type':'boolean','dynamodb.name':'a-b'},"
                + "{'name':'__2','type':'boolean','dynamodb.name':'é','dynamodb.column':'é'},"
                + "{'name':'_','type':'boolean','dynamodb.name':'😀'}"));
    assertThat(
        schema(ColumnNaming.ASCII, "é", "😀").toJson().replace('"', '\''),
        is(
            "{'type':'record','name':'t','fields':[{'name':'pk','type':'string'},"
                + "{'name':'_','type':'boolean','dynamodb.name':'é'},"
                + "{'name':'__2','type':'boolean','dynamodb.name':'😀'}],'dynamodb.version':1}"));
  }

  @Test
  void namesWithinAnMAreAlikeAndTheRecordsHaveNamesOfAvro() {
    assertThat(
        fields("'住所':{'M':{'市':{'BOOL':true}}},'é':{'M':{'x':{'BOOL':true}}}"),
        is(
            "{'name':'_','type':{'type':'record','name':'t__','fields':["
                + "{'name':'x','type':'boolean'}]},'dynamodb.name':'é','dynamodb.column':'é'},"
                + "{'name':'__','type':{'type':'record','name':'t___','fields':["
                + "{'name':'_','type':'boolean','dynamodb.name':'市','dynamodb.column':'市'}]},"
                + "'dynamodb.name':'住所','dynamodb.column':'住所'}"));
  }

  /** Otherwise parquet-avro, which looks at the fields first, would confuse two columns. */
  @Test
  void noFieldHasTheNameOfAnothersColumn() {
    List<Schema.Field> fields =
        schema(ColumnNaming.UNICODE, "aéb", "a😀b", "a_b", "a-b").avro().getFields();
    for (Schema.Field field : fields) {
      Schema.Field other =
          fields.stream()
              .filter(f -> f.name().equals(TableSchema.parquetColumn(field)))
              .findFirst()
              .orElse(field);
      assertThat(other, is(field));
    }
    assertThat(
        columns(ColumnNaming.UNICODE, "aéb", "a😀b", "a_b", "a-b"),
        contains("a-b a_b_2", "a_b a_b", "aéb aéb", "a😀b a_b_3"));
  }

  @Test
  void namesThatCollide() {
    assertThat(
        fields(booleans("A", "a", "x.y", "x_y")),
        is(
            "{'name':'A','type':'boolean'},"
                + "{'name':'a_2','type':'boolean','dynamodb.name':'a'},"
                + "{'name':'x_y_2','type':'boolean','dynamodb.name':'x.y'},"
                + "{'name':'x_y','type':'boolean'}"));
  }

  /** Compares as Spark and Athena ignore case: in lower case, and character by character. */
  @ParameterizedTest
  @CsvSource({
    "É, é, É É, é é_2",
    "ГОД, год, ГОД ГОД, год год_2",
    "i, ı, i i, ı ı_2",
    "i, İ, i i, İ İ_2",
    "i\u0307, İ, i\u0307 i\u0307, İ İ_2",
    "ς, σ, ς ς, σ σ_2",
    "k, \u212a, k k, \u212a \u212a_2",
    "ß, ẞ, ß ß, ẞ ẞ_2",
    "𐐀, 𐐨, 𐐀 𐐀, 𐐨 𐐨_2",
    // Every reader distinguishes these two.
    "e\u0301, é, e\u0301 e\u0301, é é",
    "ss, ß, ss ss, ß ß",
  })
  void namesThatDifferInCaseOnly(String a, String b, String columnOfA, String columnOfB) {
    assertThat(columns(ColumnNaming.UNICODE, a, b), containsInAnyOrder(columnOfA, columnOfB));
  }

  @Test
  void namesOfOurOwnColumnsAreReserved() {
    assertThat(
        columns(ColumnNaming.UNICODE, "dynamodb_nulls", "DynamoDB_more", "snapshot_timestamp"),
        contains(
            "DynamoDB_more DynamoDB_more_2",
            "dynamodb_nulls dynamodb_nulls_2",
            "snapshot_timestamp snapshot_timestamp_2"));
    assertThat(
        fields("'m':{'M':{'snapshot_timestamp':{'BOOL':true}}}"),
        is(
            "{'name':'m','type':{'type':'record','name':'t_m','fields':["
                + "{'name':'snapshot_timestamp','type':'boolean'}]}}"));
  }

  @Test
  void everyRenamingIsNotedOnce() {
    String[] names = {"a", "A", "a-b", "1x", "名前", "名 前", "snapshot_timestamp"};
    assertThat(
        notes(ColumnNaming.UNICODE, "𠮷 野"), contains("attribute '𠮷 野' has the column 𠮷_野"));
    assertThat(
        notes(ColumnNaming.UNICODE, names),
        contains(
            "attribute '1x' has the column _1x",
            "attribute 'a' has the column a_2",
            "attribute 'a-b' has the column a_b",
            "attribute 'snapshot_timestamp' has the column snapshot_timestamp_2",
            "attribute '名 前' has the column 名_前"));
    assertThat(
        notes(ColumnNaming.ASCII, names),
        contains(
            "attribute '1x' has the column _1x",
            "attribute 'a' has the column a_2",
            "attribute 'a-b' has the column a_b",
            "attribute 'snapshot_timestamp' has the column snapshot_timestamp_2",
            "attribute '名 前' has the column ___",
            "attribute '名前' has the column __"));
    assertThat(notes(ColumnNaming.UNICODE, "Id", "名前", "𠮷", "हिन्दी"), is(empty()));
    assertThat(
        infer(keyed("'é':{'M':{'b c':{'BOOL':true}}}")).notes().stream()
            .map(SchemaNote::toString)
            .toList(),
        contains("attribute 'é.b c' has the column b_c"));
  }

  /** Nobody could tell which of them is meant by a name that both have. */
  @Test
  void thousandsThatBecomeOne() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      names.add(new String(Character.toChars(0x1f300 + i % 750)) + (i < 750 ? "" : "!"));
    }
    List<String> columns = columns(ColumnNaming.UNICODE, names.toArray(String[]::new));
    assertThat(
        Set.copyOf(columns.stream().map(c -> c.substring(c.indexOf(' '))).toList()).size(),
        is(1_500));
  }
}
