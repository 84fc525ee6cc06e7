/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static io.sluice.schema.Inferring.fields;
import static io.sluice.schema.Inferring.infer;
import static io.sluice.schema.Inferring.item;
import static io.sluice.schema.Inferring.keyed;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schema is inferred from which items. */
class InferredSchemaTest {
  private static List<String> notes(String... items) {
    return infer(items).notes().stream().map(SchemaNote::toString).toList();
  }

  private static String aNullable(String type) {
    return "{'name':'a','type':['null'," + type + "],'default':null";
  }

  private static String a(String type) {
    return "{'name':'a','type':" + type + "}";
  }

  private static String decimal(int precision, int scale, int bytes) {
    return "{'type':'fixed','name':'decimal_%1$d_%2$d','size':%3$d,'logicalType':'decimal','precision':%1$d,'scale':%2$d}"
        .formatted(precision, scale, bytes);
  }

  @Test
  void scalars() {
    assertThat(fields("'a':{'S':'x'}"), is(a("'string'")));
    assertThat(fields("'a':{'B':'AQ=='}"), is(a("'bytes'")));
    assertThat(fields("'a':{'BOOL':true}"), is(a("'boolean'")));
    assertThat(fields("'a':{'N':'1'}"), is(a("'long'")));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,long",
    "0.0,-1.0,long",
    "5.00,1E+3,long",
    "9223372036854775807,-9223372036854775808,long",
    "9223372036854775808,1,19 0 9",
    "-9223372036854775809,1,19 0 9",
    "9223372036854775807,0.5,20 1 9",
    "0.5,1,2 1 1",
    "19.80,2.50,3 1 2",
    "0.001,0.1,3 3 2",
    "12.7,0,3 1 2",
    "99,0.99,4 2 2",
    "1E-38,0,38 38 16",
    "99999999999999999999999999999999999999,0,38 0 16",
    "1E+37,1,38 0 16",
  })
  void numbers(String one, String other, String type) {
    String[] parts = type.split(" ");
    String expected =
        parts.length == 1
            ? "'long'"
            : decimal(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    assertThat(fields("'a':{'N':'" + one + "'}", "'a':{'N':'" + other + "'}"), is(a(expected)));
  }

  @ParameterizedTest
  @CsvSource({"1E-39,1", "1E+38,1", "1E+37,0.1", "9.9E+125,0", "1E-130,0"})
  void numbersThatNoDecimalHoldsAreText(String one, String other) {
    String[] items = {keyed("'a':{'N':'" + one + "'}"), keyed("'a':{'N':'" + other + "'}")};
    assertThat(
        fields("'a':{'N':'" + one + "'}", "'a':{'N':'" + other + "'}"),
        is(a("{'type':'string','dynamodb.type':'N'}")));
    assertThat(
        notes(items),
        contains("attribute 'a' has numbers that no decimal of 38 digits holds: they are text"));
  }

  @Test
  void sets() {
    assertThat(
        fields("'a':{'SS':['x']}"),
        is(a("{'type':'array','items':'string','dynamodb.type':'SS'}")));
    assertThat(
        fields("'a':{'BS':['AQ==']}"),
        is(a("{'type':'array','items':'bytes','dynamodb.type':'BS'}")));
    assertThat(
        fields("'a':{'NS':['1','2']}"),
        is(a("{'type':'array','items':'long','dynamodb.type':'NS'}")));
    assertThat(
        fields("'a':{'NS':['1.5','2']}"),
        is(a("{'type':'array','items':" + decimal(2, 1, 1) + ",'dynamodb.type':'NS'}")));
  }

  @Test
  void lists() {
    assertThat(
        fields("'a':{'L':[{'S':'x'}]}", "'a':{'L':[]}"),
        is(a("{'type':'array','items':'string'}")));
    assertThat(
        fields("'a':{'L':[{'S':'x'},{'NULL':true}]}"),
        is(a("{'type':'array','items':['null','string']}")));
    assertThat(
        fields("'a':{'L':[{'L':[{'N':'1'}]}]}"),
        is(a("{'type':'array','items':{'type':'array','items':'long'}}")));
    assertThat(
        fields("'a':{'L':[{'M':{'x':{'N':'1'}}},{'M':{}}]}"),
        is(
            a(
                "{'type':'array','items':{'type':'record','name':'t_a','fields':["
                    + "{'name':'x','type':['null','long'],'default':null}]}}")));
    assertThat(
        fields("'a':{'L':[{'S':'x'},{'N':'1'}]}"),
        is(a("{'type':'array','items':{'type':'string','dynamodb.type':'JSON'}}")));
  }

  @Test
  void whatOnlyOccursEmptyOrNullIsText() {
    assertThat(fields("'a':{'L':[]}"), is(a("{'type':'string','dynamodb.type':'JSON'}")));
    assertThat(
        fields("'a':{'NULL':true}"),
        is(aNullable("{'type':'string','dynamodb.type':'JSON'}") + ",'dynamodb.null':'NULL'}"));
    assertThat(
        fields("'a':{'L':[{'NULL':true}]}"),
        is(a("{'type':'array','items':['null',{'type':'string','dynamodb.type':'JSON'}]}")));
  }

  @Test
  void maps() {
    assertThat(
        fields("'a':{'M':{}}"),
        is(a("{'type':'map','values':{'type':'string','dynamodb.type':'JSON'}}")));
    assertThat(
        fields("'a':{'M':{'b':{'M':{'c':{'S':''}}}}}"),
        is(
            a(
                "{'type':'record','name':'t_a','fields':[{'name':'b','type':"
                    + "{'type':'record','name':'t_a_b','fields':[{'name':'c','type':'string'}]}}]}")));
  }

  @Test
  void recordsHaveNamesOfTheirOwn() {
    assertThat(
        fields("'a_b':{'M':{'c':{'S':''}}},'a':{'M':{'b':{'M':{'c':{'S':''}}}}}"),
        is(
            "{'name':'a','type':{'type':'record','name':'t_a','fields':[{'name':'b','type':"
                + "{'type':'record','name':'t_a_b','fields':[{'name':'c','type':'string'}]}}]}},"
                + "{'name':'a_b','type':"
                + "{'type':'record','name':'t_a_b_2','fields':[{'name':'c','type':'string'}]}}"));
  }

  @Test
  void aDecimalIsDefinedOnce() {
    assertThat(
        fields("'a':{'N':'0.5'},'b':{'N':'0.7'}"),
        is(a(decimal(1, 1, 1)) + ",{'name':'b','type':'decimal_1_1'}"));
  }

  @Test
  void whatNullStandsFor() {
    assertThat(fields("'a':{'S':'x'}", ""), is(aNullable("'string'") + "}"));
    assertThat(
        fields("'a':{'S':'x'}", "'a':{'NULL':true}"),
        is(aNullable("'string'") + ",'dynamodb.null':'NULL'}"));
    assertThat(
        fields("'a':{'S':'x'}", "'a':{'NULL':true}", ""),
        is(
            aNullable("'string'")
                + ",'dynamodb.null':'LISTED'},"
                + "{'name':'dynamodb_nulls','type':['null',{'type':'array','items':'string'}],"
                + "'default':null,'dynamodb.role':'NULLS'}"));
  }

  @Test
  void severalTypesAreJsonAtTheDeepestPlace() {
    String[] items = {
      keyed("'a':{'M':{'b':{'S':'x'},'c':{'S':'x'}}}"),
      keyed("'a':{'M':{'b':{'N':'1'},'c':{'S':'x'}}}"),
      keyed("'a':{'M':{'b':{'N':'2'},'c':{'S':'x'}}}"),
      keyed("'a':{'M':{'b':{'NULL':true},'c':{'S':'x'}}}")
    };
    assertThat(
        infer(items).toSchema("t").columns().get(1).field().schema().toString().replace('"', '\''),
        is(
            "{'type':'record','name':'t_a','fields':["
                + "{'name':'b','type':['null',{'type':'string','dynamodb.type':'JSON'}],"
                + "'default':null,'dynamodb.null':'NULL'},"
                + "{'name':'c','type':'string'}]}"));
    assertThat(
        infer(items).notes(),
        contains(
            new SchemaNote(
                SchemaNote.Kind.MIXED_TYPES, "a.b", Map.of("S", 1L, "N", 2L, "NULL", 1L), "")));
    assertThat(
        notes(items), contains("attribute 'a.b' has several types: N 2, NULL 1, S 1; it is JSON"));
  }

  @Test
  void pathsOfNotes() {
    assertThat(
        notes(keyed("'a\\n':{'L':[{'M':{'b':{'L':[{'N':'1'},{'S':''}]}}}]}")),
        contains(
            "attribute 'a?' has the column a_",
            "attribute 'a?[].b[]' has several types: N 1, S 1; it is JSON"));
  }

  @Test
  void theKeyComesFirst() {
    KeySchema key = new KeySchema(KeyAttribute.parse("z:S"), KeyAttribute.parse("m:N"));
    InferredSchema schema = InferredSchema.of(key);
    schema.add(item("{'z':{'S':''},'m':{'N':'0.5'},'a':{'S':''}}"));
    assertThat(
        schema.toSchema("my-table").columns().stream().map(TableSchema.Column::attribute).toList(),
        contains("z", "m", "a"));
    assertThat(schema.toSchema("my-table").avro().getName(), is("my_table"));
    assertThat(schema.notes(), is(empty()));
  }

  @Test
  void withoutItemsTheKeyIsAll() {
    KeySchema key = new KeySchema(KeyAttribute.parse("z:B"), KeyAttribute.parse("m:N"));
    assertThat(
        InferredSchema.of(key).toSchema("t").toJson().replace('"', '\''),
        is(
            "{'type':'record','name':'t','fields':[{'name':'z','type':'bytes'},"
                + "{'name':'m','type':'long'}],'dynamodb.version':1}"));
  }

  @Test
  void itemsWithoutTheKeyHaveAColumnForItStill() {
    assertThat(
        infer("{}").toSchema("t").toJson().replace('"', '\''),
        is(
            "{'type':'record','name':'t','fields':[{'name':'pk','type':['null','string'],"
                + "'default':null}],'dynamodb.version':1}"));
  }

  @Test
  void schemasOfDifferentKeysAreNotMerged() {
    InferredSchema other = InferredSchema.of(KeySchema.of(KeyAttribute.parse("id:S")));
    assertThrows(IllegalArgumentException.class, () -> infer().merge(other));
  }
}
