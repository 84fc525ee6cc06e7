/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.sluice.item.ItemNumber;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of many types of PostgreSQL, with the attributes that they are to become. */
final class Cells {
  private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final long MICROS = 1_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private Cells() {}

  /**
   * A value.
   *
   * @param text as the database is given it; null for NULL
   * @param value the attribute; null for none
   */
  record Cell(@Nullable String text, @Nullable AttributeValue value) {
    static final Cell NULL = new Cell(null, null);
  }

  /** Returns the columns: for each type, which is its name, too, its values. */
  static Map<String, Arbitrary<Cell>> columns() {
    Map<String, Arbitrary<Cell>> columns = new LinkedHashMap<>();
    columns.put("int8", Arbitraries.longs().map(n -> number(n.toString())));
    columns.put("int4", Arbitraries.integers().between(-3, 3).map(n -> number(n.toString())));
    columns.put("numeric", decimals().map(n -> number(n.toPlainString())));
    columns.put(
        "float8",
        Arbitraries.oneOf(ordinaryDoubles(), Arbitraries.of(1e100, -2.5e-7, 0.1, 1e15, 1e-100))
            .map(d -> number(NumberOutput.toString(d, true))));
    columns.put(
        "float4",
        Arbitraries.floats()
            .between(-1e3f, 1e3f)
            .ofScale(2)
            .map(f -> number(NumberOutput.toString(f, true))));
    columns.put("text", texts().map(text -> new Cell(text, AttributeValue.fromS(text))));
    columns.put(
        "bool",
        Arbitraries.of(true, false).map(b -> new Cell(b.toString(), AttributeValue.fromBool(b))));
    columns.put("bytea", bytes().map(Cells::bytes));
    columns.put(
        "uuid",
        Arbitraries.create(UUID::randomUUID)
            .map(id -> new Cell(id.toString(), AttributeValue.fromS(id.toString()))));
    columns.put("timestamp", times().map(time -> time(TIME.format(time), "")));
    columns.put("timestamptz", times().map(time -> time(TIME.format(time), "Z")));
    columns.put(
        "date",
        times()
            .map(time -> time.toLocalDate().toString())
            .map(day -> new Cell(day, AttributeValue.fromS(day))));
    columns.put("text[]", texts().injectNull(0.2).list().ofMaxSize(4).map(Cells::list));
    columns.replaceAll(
        (type, cells) ->
            Arbitraries.frequencyOf(Tuple.of(7, cells), Tuple.of(1, Arbitraries.just(Cell.NULL))));
    return columns;
  }

  /** Returns the columns, with values that go from bytes to bytes where their type does. */
  private static Map<String, Arbitrary<Cell>> plainColumns() {
    Map<String, Arbitrary<Cell>> columns = columns();
    columns.put("numeric", ordinaryDecimals().map(n -> number(n.toPlainString())));
    columns.put("float8", ordinaryDoubles().map(d -> number(NumberOutput.toString(d, true))));
    return columns;
  }

  /** Returns rows of all columns, every other one of which is plain; few or many alike. */
  static Arbitrary<List<List<Cell>>> rows(int most) {
    return Arbitraries.oneOf(row(columns()), row(plainColumns()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<List<Cell>> row(Map<String, Arbitrary<Cell>> columns) {
    return Combinators.combine(new ArrayList<>(columns.values())).as(cells -> cells);
  }

  private static Cell number(String text) {
    return new Cell(text, AttributeValue.fromN(ItemNumber.canonical(text)));
  }

  private static Arbitrary<BigDecimal> decimals() {
    return Arbitraries.oneOf(
        ordinaryDecimals(),
        Arbitraries.of("1E-130", "0.000", "1E+30", "0.0000001", "0.00000001234", "1.500", "-7E-7")
            .map(BigDecimal::new));
  }

  private static Arbitrary<BigDecimal> ordinaryDecimals() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.valueOf(-1e12), BigDecimal.valueOf(1e12))
        .ofScale(6);
  }

  private static Arbitrary<Double> ordinaryDoubles() {
    return Arbitraries.doubles().between(-1e6, 1e6).ofScale(4);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab ,{}\"\\'é\u65e5\nNUL").ofMaxLength(12);
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(8);
  }

  private static Cell bytes(byte[] bytes) {
    return new Cell(
        "\\x" + HexFormat.of().formatHex(bytes),
        AttributeValue.fromB(SdkBytes.fromByteArray(bytes)));
  }

  /** Of the years 416 to 8337: the model does not know how others are spelt. */
  private static Arbitrary<LocalDateTime> times() {
    return Arbitraries.longs()
        .between(-50_000_000_000L * MICROS, 200_000_000_000L * MICROS)
        .map(
            micros ->
                FIRST
                    .plusSeconds(Math.floorDiv(micros, MICROS))
                    .plusNanos(Math.floorMod(micros, MICROS) * 1000));
  }

  /** PostgreSQL leaves out the zeros at the end of a fraction, and a fraction of zeros. */
  private static Cell time(String text, String zone) {
    String shortest = text.replaceFirst("0+$", "").replaceFirst("[.]$", "");
    return new Cell(text + zone, AttributeValue.fromS(shortest + zone));
  }

  private static Cell list(List<@Nullable String> texts) {
    String array =
        texts.stream()
            .map(
                text ->
                    text == null
                        ? "NULL"
                        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    List<AttributeValue> values = new ArrayList<>();
    for (String text : texts) {
      values.add(text == null ? AttributeValue.fromNul(true) : AttributeValue.fromS(text));
    }
    return new Cell(array, AttributeValue.fromL(values));
  }
}
