/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static io.sluice.schema.Inferring.item;
import static io.sluice.schema.Inferring.keyed;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of items in the columns of a schema, including a user's own. */
class ItemRecordsTest {
  private static TableSchema schema(String fields) {
    return TableSchema.parse(
        ("{'type':'record','name':'t','fields':[{'name':'pk','type':'string'}," + fields + "]}")
            .replace('\'', '"'));
  }

  private static String a(String type) {
    return "{'name':'a','type':" + type + "}";
  }

  private static GenericRecord record(String fields, String attributes) {
    return ItemRecords.of(schema(fields)).record(item(keyed(attributes)));
  }

  /** Returns the one field, as Avro prints it. */
  private static String field(String type, String value) {
    return String.valueOf(record(a(type), "'a':" + value).get("a"));
  }

  private static String unfit(String fields, String attributes) {
    ItemRecords records = ItemRecords.of(schema(fields));
    UnfitItemException e =
        assertThrows(UnfitItemException.class, () -> records.record(item(keyed(attributes))));
    return e.getMessage();
  }

  private static String fixed(int precision, int scale, int size) {
    return ("{'type':'fixed','name':'d','size':%d,'logicalType':'decimal','precision':%d,"
            + "'scale':%d}")
        .formatted(size, precision, scale);
  }

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "5.0,5",
    "-1E+3,-1000",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808",
    "0.00,0",
  })
  void longs(String number, String expected) {
    assertThat(field("'long'", "{'N':'" + number + "'}"), is(expected));
  }

  @ParameterizedTest
  @CsvSource({"2147483647,2147483647", "-2147483648,-2147483648", "7.0,7"})
  void ints(String number, String expected) {
    assertThat(field("'int'", "{'N':'" + number + "'}"), is(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "-2.50,-2.5",
    "0,0.0",
    "123456789012345,1.23456789012345E14",
    "1E+100,1.0E100",
    "0.1234567890123456,0.1234567890123456",
    "9007199254740993E0,",
    "0.12345678901234567,",
    "1E-130,1.0E-130",
    "123456789012345678,",
  })
  void doubles(String number, String expected) {
    String value = "{'N':'" + number + "'}";
    if (expected == null) {
      assertThat(
          unfit(a("'double'"), "'a':" + value),
          is("attribute 'a' is a number that a double does not hold"));
    } else {
      assertThat(field("'double'", value), is(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1,0.1", "0.30000001,", "16777217,", "16777216,1.6777216E7", "1E+50,"})
  void floats(String number, String expected) {
    String value = "{'N':'" + number + "'}";
    if (expected == null) {
      assertThat(
          unfit(a("'float'"), "'a':" + value),
          is("attribute 'a' is a number that a float does not hold"));
    } else {
      assertThat(field("'float'", value), is(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3,1,2,19.8,'[0, -58]'",
    "3,1,2,-19.80,'[-1, 58]'",
    "3,1,2,99.9,'[3, -25]'",
    "3,1,2,100,",
    "3,1,2,0.05,",
    "3,3,2,0,'[0, 0]'",
    "3,3,2,0E+9,'[0, 0]'",
    "3,3,2,1E-3,'[0, 1]'",
    "38,0,16,-1,'[-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1]'",
    "20,19,9,1,'[0, -118, -57, 35, 4, -119, -24, 0, 0]'",
    "20,19,9,-1,'[-1, 117, 56, -36, -5, 118, 24, 0, 0]'",
    "19,0,9,9999999999999999999,'[0, -118, -57, 35, 4, -119, -25, -1, -1]'",
    "19,0,9,10000000000000000000,",
    "38,37,16,10,",
    "18,0,8,999999999999999999,'[13, -32, -74, -77, -89, 99, -1, -1]'",
    "18,0,8,1E+18,",
    "2,0,1,1E+999999999,",
    "2,0,1,1E-999999999,",
  })
  void decimals(int precision, int scale, int size, String number, String expected) {
    String type = fixed(precision, scale, size);
    String value = "{'N':'" + number + "'}";
    if (expected == null) {
      assertThat(
          unfit(a(type), "'a':" + value),
          is(
              "attribute 'a' is a number that decimal(%d,%d) does not hold"
                  .formatted(precision, scale)));
    } else {
      assertThat(field(type, value), is(expected));
    }
  }

  @Test
  void decimalsOfBytes() {
    String type = "{'type':'bytes','logicalType':'decimal','precision':20,'scale':2}";
    assertThat(
        record(a(type), "'a':{'N':'-1.5'}").get("a"),
        is(ByteBuffer.wrap(BigInteger.valueOf(-150).toByteArray())));
    assertThat(
        record(a(type), "'a':{'N':'12345678901234567.5E0'}").get("a"),
        is(ByteBuffer.wrap(new BigInteger("1234567890123456750").toByteArray())));
  }

  @ParameterizedTest
  @CsvSource({
    "'string',{'S':'x'},x",
    "'bytes',{'B':'AQ=='},'java.nio.HeapByteBuffer[pos=0 lim=1 cap=1]'",
    "'boolean',{'BOOL':true},true",
    "'{''type'':''string'',''dynamodb.type'':''N''}',{'N':'1.50E+40'},1.5E40",
    "'{''type'':''string'',''dynamodb.type'':''JSON''}',{'N':'1.50'},'{\"N\":\"1.50\"}'",
    "'{''type'':''string'',''dynamodb.type'':''JSON''}',{'NULL':true},'{\"NULL\":true}'",
    "'{''type'':''enum'',''name'':''e'',''symbols'':[''A'',''B'']}',{'S':'B'},B",
    "'{''type'':''fixed'',''name'':''f'',''size'':1}',{'B':'AQ=='},[1]",
    "'{''type'':''array'',''items'':''long''}','{''L'':[{''N'':''1''}]}',[1]",
    "'{''type'':''array'',''items'':''long'',''dynamodb.type'':''NS''}','{''NS'':[''2'',''1'']}','[1, 2]'",
    "'{''type'':''array'',''items'':''string'',''dynamodb.type'':''SS''}','{''SS'':[''y'',''x'']}','[x, y]'",
    "'{''type'':''array'',''items'':[''null'',''long'']}','{''L'':[{''N'':''1''},{''NULL'':true}]}','[1, null]'",
    "'{''type'':''map'',''values'':[''null'',''long'']}','{''M'':{''x'':{''NULL'':true}}}',{x=null}",
  })
  void values(String type, String value, String expected) {
    String quoted = type.startsWith("{") ? type : "'" + type.replace("'", "") + "'";
    assertThat(field(quoted, value), is(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "long,'{''S'':''secret''}','is of type S, but its column takes N'",
    "long,'{''N'':''1.5''}','is a number with a fraction'",
    "long,'{''N'':''9223372036854775808''}','is a number beyond a long, or with a fraction'",
    "int,'{''N'':''2147483648''}','is a number beyond an int'",
    "string,'{''N'':''1''}','is of type N, but its column takes S'",
    "string,'{''SS'':[''secret'']}','is of type SS, but its column takes S'",
    "bytes,'{''S'':''secret''}','is of type S, but its column takes B'",
    "boolean,'{''S'':''secret''}','is of type S, but its column takes BOOL'",
    "string,'{''NULL'':true}','is NULL, but its column takes no null'",
  })
  void whatDoesNotFitIsNamedWithoutItsValue(String type, String value, String expected) {
    assertThat(unfit(a("'" + type + "'"), "'a':" + value), is("attribute 'a' " + expected));
  }

  @Test
  void pathsOfWhatDoesNotFit() {
    String inner =
        "{'type':'array','items':{'type':'record','name':'r','fields':["
            + "{'name':'b','type':{'type':'map','values':'long'}}]}}";
    assertThat(
        unfit(a(inner), "'a':{'L':[{'M':{'b':{'M':{'c':{'S':'secret'}}}}}]}"),
        is("attribute 'a[0].b.c' is of type S, but its column takes N"));
    assertThat(
        unfit(a(inner), "'a':{'L':[{'M':{}}]}"),
        is("attribute 'a[0].b' is missing, but its column takes no null"));
    assertThat(
        unfit(a(inner), "'a':{'L':[{'M':{'b':{'M':{}},'d':{'S':'secret'}}}]}"),
        is("attribute 'a[0].d' has no column"));
    assertThat(
        unfit(a("{'type':'array','items':'long'}"), "'a':{'L':[{'N':'1'},{'NULL':true}]}"),
        is("attribute 'a[1]' is NULL, but its column takes no null"));
    assertThat(
        unfit(a("{'type':'array','items':'long'}"), "'a':{'NS':['1']}"),
        is("attribute 'a' is of type NS, but its column takes L"));
    assertThat(
        unfit(a("'long'"), ""), is("attribute 'a' is missing, but its column takes no null"));
    assertThat(
        unfit(a("{'type':'enum','name':'e','symbols':['A']}"), "'a':{'S':'secret'}"),
        is("attribute 'a' is none of the symbols of its column"));
    assertThat(
        unfit(a("{'type':'fixed','name':'f','size':2}"), "'a':{'B':'AQ=='}"),
        is("attribute 'a' is a B of 1 bytes, but its column takes 2"));
    assertThat(
        unfit(a("'long'"), "'a':{'N':'1'},'b':{'N':'1'}"), is("attribute 'b' has no column"));
  }

  @Test
  void aRecordAfterOneThatDidNotFitIsWhole() {
    ItemRecords records = ItemRecords.of(schema(a("'long'")));
    assertThrows(UnfitItemException.class, () -> records.record(item(keyed("'a':{'S':'secret'}"))));
    UnfitItemException e =
        assertThrows(
            UnfitItemException.class, () -> records.record(item(keyed("'a':{'B':'AQ=='}"))));
    assertThat(e.getMessage(), is("attribute 'a' is of type B, but its column takes N"));
    assertThat(e.getMessage(), not(containsString("secret")));
    assertThat(
        records.record(item(keyed("'a':{'N':'1'}"))).toString(), is("{\"pk\": \"x\", \"a\": 1}"));
  }

  @Test
  void whatNullStandsFor() {
    String nullable = "{'name':'a','type':['null','string']";
    String nulls =
        ",{'name':'n','type':['null',{'type':'array','items':'string'}],'dynamodb.role':'NULLS'}";
    String missing = nullable + "}";
    assertThat(record(missing, "").toString(), is("{\"pk\": \"x\", \"a\": null}"));
    assertThat(
        unfit(missing, "'a':{'NULL':true}"),
        is("attribute 'a' is NULL, but null in its column stands for a missing attribute"));

    String isNull = nullable + ",'dynamodb.null':'NULL'}";
    assertThat(record(isNull, "'a':{'NULL':true}").toString(), is("{\"pk\": \"x\", \"a\": null}"));
    assertThat(
        unfit(isNull, ""), is("attribute 'a' is missing, and null in its column stands for NULL"));

    String listed = nullable + ",'dynamodb.null':'LISTED'}" + nulls;
    assertThat(record(listed, "").toString(), is("{\"pk\": \"x\", \"a\": null, \"n\": null}"));
    assertThat(
        record(listed, "'a':{'NULL':true}").toString(),
        is("{\"pk\": \"x\", \"a\": null, \"n\": [\"/a\"]}"));
  }

  @Test
  void nullsAreListedByPointers() {
    TableSchema inferred =
        Inferring.infer(
                keyed("'a/b':{'M':{'~':{'L':[{'M':{'c':{'S':''}}},{'M':{}}]}}}"),
                keyed("'a/b':{'M':{'~':{'L':[{'M':{}},{'M':{'c':{'NULL':true}}}]}}}"))
            .toSchema("t");
    assertThat(
        ItemRecords.of(inferred)
            .record(item(keyed("'a/b':{'M':{'~':{'L':[{'M':{}},{'M':{'c':{'NULL':true}}}]}}}")))
            .get("dynamodb_nulls")
            .toString(),
        is("[/a~1b/~0/1/c]"));
  }

  @Test
  void restOfTheAttributes() {
    String more = a("'long'") + ",{'name':'m','type':['null','string'],'dynamodb.role':'MORE'}";
    assertThat(
        record(more, "'a':{'N':'1'},'é\\\"\\\\\\n':{'S':'ß'},'z':{'NULL':true}")
            .get("m")
            .toString(),
        is("{\"z\":{\"NULL\":true},\"\\u00e9\\\"\\\\\\u000a\":{\"S\":\"ß\"}}"));
  }

  @Test
  void aSchemaThatHoldsItself() {
    String list =
        "{'name':'a','type':['null',{'type':'record','name':'node','fields':["
            + "{'name':'v','type':'long'},{'name':'next','type':['null','node']}]}]}";
    assertThat(
        record(list, "'a':{'M':{'v':{'N':'1'},'next':{'M':{'v':{'N':'2'}}}}}").get("a").toString(),
        is("{\"v\": 1, \"next\": {\"v\": 2, \"next\": null}}"));
  }
}
