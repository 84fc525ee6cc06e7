/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.junit.jupiter.api.Test;

class ParquetTypesTest {
  /** A field of every type, required and optional, at the top level and nested. */
  static final Schema EVERY_TYPE = everyType();

  private static Schema everyType() {
    String[] types = {
      "'boolean'",
      "'int'",
      "'long'",
      "'float'",
      "'double'",
      "'bytes'",
      "'string'",
      "{'type':'enum','name':'e','symbols':['A','B']}",
      "{'type':'fixed','name':'f','size':5}",
      "{'type':'bytes','logicalType':'decimal','precision':38,'scale':10}",
      "{'type':'fixed','name':'d','size':16,'logicalType':'decimal','precision':38,'scale':0}",
      "{'type':'string','logicalType':'uuid'}",
      "{'type':'string','dynamodb.type':'JSON'}",
      "{'type':'array','items':['null','string'],'dynamodb.type':'SS'}",
      "{'type':'array','items':'long'}",
      "{'type':'map','values':['null','double']}",
      "{'type':'map','values':'bytes'}",
      "{'type':'array','items':{'type':'map','values':{'type':'array','items':'int'}}}",
      "{'type':'record','name':'r','fields':[{'name':'x','type':['null','long']},"
          + "{'name':'y','type':{'type':'array','items':{'type':'record','name':'q','fields':"
          + "[{'name':'z','type':'string'}]}}}]}",
    };
    StringBuilder json =
        new StringBuilder("{'type':'record','name':'Table','namespace':'n','fields':[");
    for (int i = 0; i < types.length; i++) {
      String named = types[i].replaceAll("'name':'([efdrq])'", "'name':'$1" + i + "_'");
      String again = named.replaceAll("'name':'([efdrq]\\d+_)'", "'name':'$1o'");
      json.append("{'name':'c%d','type':%s},".formatted(i, named));
      json.append("{'name':'o%d','type':['null',%s]}".formatted(i, again));
      json.append(i < types.length - 1 ? "," : "]}");
    }
    return new Schema.Parser().parse(json.toString().replace('\'', '"'));
  }

  @Test
  void areThoseOfParquetAvro() {
    Configuration threeLevels = new Configuration(false);
    threeLevels.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    assertThat(
        ParquetTypes.of(EVERY_TYPE), is(new AvroSchemaConverter(threeLevels).convert(EVERY_TYPE)));
  }

  private static Schema schema(String fields) {
    String json = "{'type':'record','name':'r','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static String refusal(String fields) {
    return assertThrows(IllegalArgumentException.class, () -> ParquetTypes.of(schema(fields)))
        .getMessage();
  }

  @Test
  void whatParquetDoesNotHave() {
    assertThat(
        refusal("{'name':'n','type':'null'}"),
        is("field n is of Avro type NULL, which Parquet has no type for"));
    assertThat(
        refusal("{'name':'u','type':['long']}"),
        is("field u is a union without null, which Parquet has no type for"));
    assertThat(
        refusal("{'name':'m','type':{'type':'record','name':'empty','fields':[]}}"),
        is("the record empty has no fields, which Parquet has no type for"));
    assertThat(
        refusal("{'name':'m','type':['null',{'type':'map','values':'r'}]}"),
        is("the record r contains itself, which Parquet has no type for"));
  }
}
