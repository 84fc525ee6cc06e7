/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import static io.sluice.format.columnar.ColumnarFiles.assertRefused;
import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static io.sluice.format.columnar.ColumnarFiles.writeAvro;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.item.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversion of each of Avro's types. */
class AvroTypesTest {
  private static final Format AVRO = new AvroFormat();

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a.avro");
  }

  /** Returns a schema of records with one field {@code v}. */
  private static Schema of(String type) {
    return schema("{'type':'record','name':'r','fields':[{'name':'v','type':%s}]}".formatted(type));
  }

  private Path write(String type, Object... values) throws IOException {
    Schema schema = of(type);
    return writeAvro(file(), schema, Arrays.stream(values).map(v -> record(schema, v)).toArray());
  }

  private static GenericData.Record record(Schema schema, Object... values) {
    GenericData.Record record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }

  private static String logical(String type, String logicalType) {
    return "{'type':'%s','logicalType':'%s'}".formatted(type, logicalType);
  }

  /** Avro drops the logical type, with a warning that does not name the field. */
  @Test
  void aDecimalThatIsWiderThanItsFixedIsBytes() throws IOException {
    String type = "{'type':'fixed','name':'f','size':4,'logicalType':'decimal','precision':20}";
    Schema fixed = of(type).getField("v").schema();
    Path file = write(type, new GenericData.Fixed(fixed, new byte[] {0, 0, 0, 99}));
    assertThat(readItem(AVRO, file), is(item("{\"v\":{\"B\":\"AAAAYw==\"}}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|-2147483648",
        "long|9223372036854775807",
        "long|-1",
      })
  void wholeNumbersAreNumbers(String type, long value) throws IOException {
    Path file = write("'" + type + "'", type.equals("int") ? (Object) (int) value : value);
    assertThat(readItem(AVRO, file), is(item("{\"v\":{\"N\":\"%d\"}}".formatted(value))));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "1.0,1",
    "-0.0,0",
    "1.0E10,10000000000",
    "2.0E-3,0.002",
    "1.7976931348623157E308,1.7976931348623157E308",
    "9.999999999999999E22,100000000000000000000000",
    "2.2250738585072014E-308,2.2250738585072014E-308",
    "5.684341886080802E-14,5.684341886080802E-14"
  })
  void floatingPointHasTheFewestDigitsThatReadBackEqual(double value, String n) throws IOException {
    assertThat(
        readItem(AVRO, write("'double'", value)), is(item("{\"v\":{\"N\":\"%s\"}}".formatted(n))));
    assertThat(Double.parseDouble(n), is(value + 0.0));
  }

  @Test
  void floatsAreNotWidened() throws IOException {
    assertThat(readItem(AVRO, write("'float'", 0.1f)), is(item("{\"v\":{\"N\":\"0.1\"}}")));
  }

  @Test
  void whatIsNoNumberIsRefused() throws IOException {
    List<ColumnarFiles.Read> reads =
        read(AVRO, write("'double'", Double.NaN, Double.NEGATIVE_INFINITY, 1.5));
    assertRefused(reads.get(0), Reason.NOT_OF_TYPE, "attribute 'v': not a number, or infinite");
    assertRefused(reads.get(1), Reason.NOT_OF_TYPE, "attribute 'v': not a number, or infinite");
    assertThat(reads.get(1).json(), is("{\"v\":\"-Infinity\"}"));
    assertThat(reads.get(2).item(), is(item("{\"v\":{\"N\":\"1.5\"}}")));
    read(AVRO, write("'float'", Float.NaN))
        .forEach(
            r -> assertRefused(r, Reason.NOT_OF_TYPE, "attribute 'v': not a number, or infinite"));
  }

  @Test
  void textAndBooleansAndBinary() throws IOException {
    Schema schema =
        schema(
            """
            {'type':'record','name':'r','fields':[
              {'name':'s','type':'string'},
              {'name':'empty','type':'string'},
              {'name':'e','type':{'type':'enum','name':'e','symbols':['A','B']}},
              {'name':'u','type':{'type':'string','logicalType':'uuid'}},
              {'name':'t','type':'boolean'},
              {'name':'f','type':'boolean'},
              {'name':'b','type':'bytes'},
              {'name':'x','type':{'type':'fixed','name':'x','size':2}},
              {'name':'fu','type':
                {'type':'fixed','name':'fu','size':16,'logicalType':'uuid'}}]}
            """);
    Path file =
        writeAvro(
            file(),
            schema,
            record(
                schema,
                "ä\ud83d\ude00\"",
                "",
                new GenericData.EnumSymbol(schema.getField("e").schema(), "B"),
                "123e4567-e89b-12d3-a456-426614174000",
                true,
                false,
                ByteBuffer.wrap(new byte[] {0, -1}),
                new GenericData.Fixed(schema.getField("x").schema(), new byte[] {1, 2}),
                new GenericData.Fixed(
                    schema.getField("fu").schema(),
                    new BigInteger("123e4567e89b12d3a456426614174000", 16).toByteArray())));
    assertThat(
        readItem(AVRO, file),
        is(
            item(
                """
                {"s":{"S":"ä\ud83d\ude00\\""},"empty":{"S":""},"e":{"S":"B"},
                "u":{"S":"123e4567-e89b-12d3-a456-426614174000"},"t":{"BOOL":true},
                "f":{"BOOL":false},"b":{"B":"AP8="},"x":{"B":"AQI="},
                "fu":{"S":"123e4567-e89b-12d3-a456-426614174000"}}
                """)));
    assertThat(
        read(AVRO, file).get(0).json(),
        is(
            "{\"s\":\"ä\ud83d\ude00\\\"\",\"empty\":\"\",\"e\":\"B\","
                + "\"u\":\"123e4567-e89b-12d3-a456-426614174000\",\"t\":true,\"f\":false,"
                + "\"b\":\"AP8=\",\"x\":\"AQI=\",\"fu\":\"123e4567-e89b-12d3-a456-426614174000\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "int,date,17927,2019-01-31",
    "int,date,-719529,-0001-12-31",
    "int,time-millis,0,00:00:00",
    "int,time-millis,86399999,23:59:59.999",
    "long,time-micros,36000250000,10:00:00.250",
    "long,time-micros,1,00:00:00.000001",
    "long,timestamp-millis,1548928800250,2019-01-31T10:00:00.250Z",
    "long,timestamp-millis,-1,1969-12-31T23:59:59.999Z",
    "long,timestamp-micros,1548928800000000,2019-01-31T10:00:00Z",
    "long,timestamp-nanos,-1,1969-12-31T23:59:59.999999999Z",
    "long,timestamp-nanos,9223372036854775807,2262-04-11T23:47:16.854775807Z",
    "long,local-timestamp-millis,0,1970-01-01T00:00:00",
    "long,local-timestamp-micros,1548928800000001,2019-01-31T10:00:00.000001",
    "long,local-timestamp-nanos,1,1970-01-01T00:00:00.000000001"
  })
  void datesAndTimesAreText(String type, String logicalType, long value, String s)
      throws IOException {
    Object number = type.equals("int") ? (Object) (int) value : value;
    assertThat(
        readItem(AVRO, write(logical(type, logicalType), number)),
        is(item("{\"v\":{\"S\":\"%s\"}}".formatted(s))));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
  void timestampsAreReadToTheEndsOfTheirRange(long value) throws IOException {
    for (String unit : List.of("millis", "micros", "nanos")) {
      assertThat(
          readItem(AVRO, write(logical("long", "timestamp-" + unit), value)).get("v").s(),
          endsWith("Z"));
    }
  }

  @Test
  void aTimeBeyondTheDayIsRefused() throws IOException {
    for (long time : new long[] {-1, 86_400_000_000L, Long.MAX_VALUE}) {
      ColumnarFiles.Read read = read(AVRO, write(logical("long", "time-micros"), time)).get(0);
      assertRefused(read, Reason.NOT_OF_TYPE, "attribute 'v': a time of day beyond 24 hours");
      assertThat(read.json(), is("{\"v\":" + time + "}"));
    }
  }

  @Test
  void aLogicalTypeOfAnotherTypeIsNone() throws IOException {
    assertThat(
        readItem(AVRO, write(logical("long", "date"), 7L)), is(item("{\"v\":{\"N\":\"7\"}}")));
    assertThat(
        readItem(AVRO, write(logical("int", "timestamp-millis"), 7)),
        is(item("{\"v\":{\"N\":\"7\"}}")));
    assertThat(
        readItem(AVRO, write(logical("long", "of-my-own"), 7L)), is(item("{\"v\":{\"N\":\"7\"}}")));
  }

  /** DynamoDB refuses a zero whose exponent is beyond the range of its numbers. */
  @Test
  void aZeroOfALargeScaleIsZero() throws IOException {
    String decimal = "{'type':'bytes','logicalType':'decimal','precision':200,'scale':200}";
    assertThat(
        readItem(AVRO, write(decimal, ByteBuffer.wrap(new byte[1]))),
        is(item("{\"v\":{\"N\":\"0\"}}")));
  }

  @ParameterizedTest
  @CsvSource({
    "150,2,1.50",
    "-1,3,-0.001",
    "0,2,0.00",
    "99999999999999999999999999999999999999,19,9999999999999999999.9999999999999999999"
  })
  void decimalsAreExact(BigInteger unscaled, int scale, String n) throws IOException {
    byte[] bytes = unscaled.toByteArray();
    String decimal = "'logicalType':'decimal','precision':38,'scale':" + scale;
    assertThat(
        readItem(AVRO, write("{'type':'bytes'," + decimal + "}", ByteBuffer.wrap(bytes))),
        is(item("{\"v\":{\"N\":\"%s\"}}".formatted(n))));

    String fixed = "{'type':'fixed','name':'f','size':16," + decimal + "}";
    ByteBuffer sixteen = ByteBuffer.allocate(16);
    for (int i = bytes.length; i < 16; i++) {
      sixteen.put((byte) (unscaled.signum() < 0 ? -1 : 0));
    }
    sixteen.put(bytes);
    assertThat(
        readItem(
            AVRO,
            write(fixed, new GenericData.Fixed(of(fixed).getField("v").schema(), sixteen.array()))),
        is(item("{\"v\":{\"N\":\"%s\"}}".formatted(n))));
  }

  @Test
  void aDecimalOfNoBytesIsRefused() throws IOException {
    Path file =
        write(
            "{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}",
            ByteBuffer.allocate(0));
    assertRefused(
        read(AVRO, file).get(0), Reason.NOT_OF_TYPE, "attribute 'v': a decimal of no bytes");
  }
}
