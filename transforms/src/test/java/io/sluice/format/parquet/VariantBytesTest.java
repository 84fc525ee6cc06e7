/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.parquet.VariantBytes.VariantNames;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.parquet.variant.Variant;
import org.apache.parquet.variant.VariantArrayBuilder;
import org.apache.parquet.variant.VariantBuilder;
import org.apache.parquet.variant.VariantObjectBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class VariantBytesTest {

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Object read(Consumer<VariantBuilder> of) throws InvalidItemException {
    VariantBuilder builder = new VariantBuilder();
    of.accept(builder);
    Variant variant = builder.build();
    return VariantBytes.read(
        bytes(variant.getValueBuffer()), new VariantNames(bytes(variant.getMetadataBuffer())));
  }

  @Test
  void eachType() throws InvalidItemException {
    assertThat(read(VariantBuilder::appendNull), is(nullValue()));
    assertThat(read(v -> v.appendBoolean(true)), is(true));
    assertThat(read(v -> v.appendBoolean(false)), is(false));
    assertThat(read(v -> v.appendByte((byte) -1)), is(-1L));
    assertThat(read(v -> v.appendShort((short) -300)), is(-300L));
    assertThat(read(v -> v.appendInt(1 << 30)), is(1L << 30));
    assertThat(read(v -> v.appendLong(Long.MIN_VALUE)), is(Long.MIN_VALUE));
    assertThat(read(v -> v.appendFloat(0.1f)), is(0.1f));
    assertThat(read(v -> v.appendDouble(0.1)), is(0.1));
    for (String decimal : List.of("1.50", "-12345678901.2", "-9999999999999999999999.99E-10")) {
      assertThat(read(v -> v.appendDecimal(new BigDecimal(decimal))), is(new BigDecimal(decimal)));
    }
    assertThat(read(v -> v.appendDate(17_927)), is("2019-01-31"));
    assertThat(read(v -> v.appendTime(1)), is("00:00:00.000001"));
    assertThat(read(v -> v.appendTimestampTz(1)), is("1970-01-01T00:00:00.000001Z"));
    assertThat(read(v -> v.appendTimestampNtz(1)), is("1970-01-01T00:00:00.000001"));
    assertThat(read(v -> v.appendTimestampNanosTz(1)), is("1970-01-01T00:00:00.000000001Z"));
    assertThat(read(v -> v.appendTimestampNanosNtz(1)), is("1970-01-01T00:00:00.000000001"));
    String uuid = "123e4567-e89b-12d3-a456-426614174000";
    assertThat(read(v -> v.appendUUID(UUID.fromString(uuid))), is(uuid));
    assertThat(read(v -> v.appendString("ä")), is("ä"));
    assertThat(read(v -> v.appendString("long ".repeat(50))), is("long ".repeat(50)));
    byte[] binary = {0, 1, -1};
    assertThat(read(v -> v.appendBinary(ByteBuffer.wrap(binary))), is(binary));
  }

  private static void nested(VariantBuilder builder) {
    VariantObjectBuilder object = builder.startObject();
    object.appendKey("b");
    VariantArrayBuilder list = object.startArray();
    list.appendInt(1);
    list.appendNull();
    list.appendString("x");
    object.endArray();
    object.appendKey("a");
    VariantObjectBuilder inner = object.startObject();
    inner.appendKey("b");
    inner.appendBoolean(true);
    object.endObject();
    builder.endObject();
  }

  @Test
  void objectsAndArrays() throws InvalidItemException {
    assertThat(
        read(VariantBytesTest::nested),
        is(Map.of("a", Map.of("b", true), "b", Arrays.asList(1L, null, "x"))));
  }

  @Test
  void aLargeArray() throws InvalidItemException {
    Object read =
        read(
            v -> {
              VariantArrayBuilder list = v.startArray();
              for (int i = 0; i < 1_000; i++) {
                list.appendInt(i);
              }
              v.endArray();
            });
    assertThat(((List<?>) read).size(), is(1_000));
    assertThat(((List<?>) read).get(999), is(999L));
  }

  private static InvalidItemException refusal(String metadata, String value) {
    byte[] names = HexFormat.of().parseHex(metadata);
    byte[] bytes = HexFormat.of().parseHex(value);
    return assertThrows(
        InvalidItemException.class, () -> VariantBytes.read(bytes, new VariantNames(names)));
  }

  /** Sizes and counts beyond the bytes that are there, overlapping values, missing names. */
  @ParameterizedTest
  @CsvSource({
    "010000,''",
    "'',00",
    "020000,00",
    "c1ffffff7f,00",
    "01ff00,00",
    "010000,14",
    "010000,40ffffff7f41",
    "010000,13ffffff7f",
    "010000,130000",
    "010000,03020000010c01",
    "010000,030209",
    "010000,02010000020c01",
    "01010001,0201000002",
    "010000,20270000000a",
    "010000,54"
  })
  void damage(String metadata, String value) {
    assertThat(refusal(metadata, value).reason(), is(Reason.MALFORMED));
  }

  /** Whatever a byte is changed to, the value is refused or read: nothing else is thrown. */
  @Test
  void everyByteThatCanBeDamaged() {
    VariantBuilder builder = new VariantBuilder();
    nested(builder);
    Variant variant = builder.build();
    byte[] value = bytes(variant.getValueBuffer());
    byte[] names = bytes(variant.getMetadataBuffer());
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] oddValue = value.clone();
      byte[] oddNames = names.clone();
      oddValue[random.nextInt(value.length)] = (byte) random.nextInt();
      oddNames[random.nextInt(names.length)] = (byte) random.nextInt();
      try {
        VariantBytes.read(oddValue, new VariantNames(oddNames));
      } catch (InvalidItemException e) {
        refused++;
      }
    }
    assertThat(refused > 1_000, is(true));
  }

  @Test
  void tooDeep() throws InvalidItemException {
    byte[] value = {0};
    for (int i = 0; i < 501; i++) {
      byte[] around = new byte[value.length + 10];
      around[0] = 3 | 3 << 2;
      around[1] = 1;
      ByteBuffer.wrap(around)
          .order(java.nio.ByteOrder.LITTLE_ENDIAN)
          .putInt(6, value.length)
          .position(10)
          .put(value);
      value = around;
    }
    byte[] deep = value;
    VariantNames names = new VariantNames(new byte[] {1, 0, 0});
    InvalidItemException e =
        assertThrows(InvalidItemException.class, () -> VariantBytes.read(deep, names));
    assertThat(e.reason(), is(Reason.NESTING));
  }
}
