/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.KeyAttribute;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSchemaTest {
  private static TableSchema schema(String fields, String properties) {
    return TableSchema.parse(
        ("{'type':'record','name':'t','fields':[" + fields + "]" + properties + "}")
            .replace('\'', '"'));
  }

  private static String refusal(String fields, String properties) {
    TableSchema schema = schema(fields, properties);
    String message =
        assertThrows(IllegalArgumentException.class, () -> SchemaRules.mark(schema)).getMessage();
    assertThrows(IllegalArgumentException.class, () -> ItemRecords.of(schema));
    return message;
  }

  @Test
  void marksAUsersSchema() {
    TableSchema schema = schema("{'name':'a','type':'string','dynamodb.name':'a-b'}", "");
    assertThat(schema.isMarked(), is(false));
    TableSchema marked = SchemaRules.mark(schema);
    assertThat(
        marked,
        is(schema("{'name':'a','type':'string','dynamodb.name':'a-b'}", ",'dynamodb.version':1")));
    assertThat(marked.isMarked(), is(true));
    assertThat(SchemaRules.mark(marked), is(sameInstance(marked)));
    assertThat(marked.columns().get(0).attribute(), is("a-b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'int','logicalType':'date'} | 'a' of the schema is a date: items have no such type. Without the logicalType it holds numbers",
        "{'type':'long','logicalType':'timestamp-millis'} | 'a' of the schema is a timestamp-millis: items have no such type. Without the logicalType it holds numbers",
        "['null','string','long'] | 'a' of the schema is a union of several types, or of none: an attribute of several types is a string with dynamodb.type JSON",
        "['null'] | 'a' of the schema is a union of several types, or of none: an attribute of several types is a string with dynamodb.type JSON",
        "{'type':'array','items':['string','long']} | 'a[]' of the schema is a union of several types, or of none: an attribute of several types is a string with dynamodb.type JSON",
        "{'type':'fixed','name':'u','size':16,'logicalType':'uuid'} | 'a' of the schema is a uuid of 16 bytes: items have it as a string, or as plain bytes",
        "{'type':'string','dynamodb.type':'SS'} | 'a' of the schema is a string of the type SS; a string has N or JSON",
        "{'type':'long','dynamodb.type':'N'} | 'a' of the schema has a dynamodb.type, which is for strings and arrays",
        "{'type':'string','dynamodb.type':7} | 'a' of the schema has a dynamodb.type that is no text",
        "{'type':'array','items':'long','dynamodb.type':'SS'} | 'a[]' of the schema does not hold elements of SS",
        "{'type':'array','items':'string','dynamodb.type':'NS'} | 'a[]' of the schema does not hold elements of NS",
        "{'type':'array','items':['null','bytes'],'dynamodb.type':'BS'} | 'a[]' of the schema does not hold elements of BS",
        "{'type':'array','items':'bytes','dynamodb.type':'L'} | 'a[]' of the schema has the unknown type L; an array has SS, NS, BS",
      })
  void typesThatNoItemHas(String type, String message) {
    assertThat(refusal("{'name':'a','type':" + type + "}", ""), is("field " + message));
  }

  @Test
  void propertiesThatContradict() {
    assertThat(
        refusal("{'name':'a','type':'string','dynamodb.null':'NULL'}", ""),
        is(
            "field 'a' of the schema says what null stands for, but is not NULL or LISTED, or takes no null"));
    assertThat(
        refusal("{'name':'a','type':['null','string'],'dynamodb.null':'x'}", ""),
        is(
            "field 'a' of the schema says what null stands for, but is not NULL or LISTED, or takes no null"));
    assertThat(
        refusal("{'name':'a','type':['null','string'],'dynamodb.null':'LISTED'}", ""),
        is("the schema says LISTED of a field, but no field has the role NULLS"));
    assertThat(
        refusal(
            "{'name':'a','type':'string'},{'name':'b','type':'string','dynamodb.name':'a'}", ""),
        is("field 'b' of the schema is of an attribute that has a field already"));
    assertThat(
        refusal("{'name':'a','type':'string','dynamodb.role':'x'}", ""),
        is(
            "field 'a' of the schema has a role that is unknown, or only the outermost record's can have"));
    assertThat(
        refusal("{'name':'a','type':'string','dynamodb.role':'MORE'}", ""),
        is("field 'a' of the schema with the role MORE must be a string, or null"));
    assertThat(
        refusal("{'name':'a','type':['null','string'],'dynamodb.role':'NULLS'}", ""),
        is("field 'a' of the schema with the role NULLS must be an array of string, or null"));
    assertThat(
        refusal("{'name':'a','type':'string','dynamodb.column':7}", ""),
        is("field 'a' of the schema has a dynamodb.column that is no text"));
    assertThat(
        refusal("{'name':'a','type':'string','dynamodb.column':''}", ""),
        is("field 'a' of the schema has a dynamodb.column that is no text"));
    assertThat(
        refusal(
            "{'name':'a','type':'string','dynamodb.column':'é'},"
                + "{'name':'b','type':'string','dynamodb.column':'é'}",
            ""),
        is("field 'b' of the schema has the column of another field"));
    assertThat(
        refusal(
            "{'name':'a','type':'string','dynamodb.column':'b'},"
                + "{'name':'b','type':'string','dynamodb.column':'a'}",
            ""),
        is("field 'a' of the schema has the column of another field"));
    assertThat(
        refusal(
            "{'name':'a','type':['null','string'],'dynamodb.role':'MORE','dynamodb.column':'é'}",
            ""),
        is("field 'a' of the schema has a role, so that its column has its name"));
    assertThat(
        refusal("{'name':'a','type':'string'}", ",'dynamodb.version':2"),
        is("the schema's dynamodb.version is 2; this program knows 1"));
  }

  @Test
  void isARecord() {
    assertThrows(IllegalArgumentException.class, () -> TableSchema.parse("\"string\""));
    assertThrows(IllegalArgumentException.class, () -> TableSchema.parse("{"));
  }

  private static void checkKey(String fields, String... key) {
    SchemaRules.checkKey(schema(fields, ""), Stream.of(key).map(KeyAttribute::parse).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'string' | S",
        "['null','string'] | S",
        "{'type':'enum','name':'e','symbols':['A']} | S",
        "{'type':'string','dynamodb.type':'N'} | N",
        "'int' | N",
        "'double' | N",
        "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2} | N",
        "'bytes' | B",
        "{'type':'fixed','name':'f','size':4} | B",
        "'boolean' |",
        "{'type':'array','items':'string'} |",
        "{'type':'string','dynamodb.type':'JSON'} | SNB"
      })
  void theFieldOfAKeyTakesItsType(String type, @Nullable String takes) {
    String field = "{'name':'a','type':" + type + "}";
    for (String key : List.of("S", "N", "B")) {
      if (takes != null && takes.contains(key)) {
        checkKey(field, "a:" + key);
      } else {
        IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> checkKey(field, "a:" + key));
        assertThat(
            e.getMessage(), is("field 'a' of the schema does not take the key attribute a:" + key));
      }
    }
  }

  @Test
  void everyAttributeOfAKeyHasAField() {
    String field = "{'name':'x','type':'string','dynamodb.name':'a'}";
    checkKey(field, "a:S");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> checkKey(field, "a:S", "x:N"));
    assertThat(e.getMessage(), is("the schema has no field for the key attribute x:N"));
    checkKey(
        field + ",{'name':'more','type':['null','string'],'dynamodb.role':'MORE'}", "a:S", "x:N");
  }
}
