/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.stream.StreamFormat;
import io.sluice.format.text.TextFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Wherever a file is cut, its slices together have the records of the whole, each once. */
class SlicesPropertyTest {
  private static final List<StreamFormat> FORMATS =
      List.of(
          new TextFormat("line", 0),
          new CsvFormat(null, ',', QuotedNewlines.NEVER, CsvValues.STRINGS),
          new CsvFormat(List.of("a", "b"), ',', QuotedNewlines.NEVER, CsvValues.STRINGS));

  /** A byte order mark is never cut: a slice has at least a megabyte. */
  private static final int LEAST_CUT = 4;

  @Provide
  Arbitrary<StreamFormat> formats() {
    return Arbitraries.of(FORMATS);
  }

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<Byte> bytes =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of((byte) 'a', (byte) '1', (byte) ',', (byte) '"')),
            Tuple.of(4, Arbitraries.of((byte) '\n', (byte) '\r')),
            Tuple.of(1, Arbitraries.bytes()));
    return Combinators.combine(
            Arbitraries.of("", "\ufeff", "a,b\n", "\n\na,b\r\n", "\ufeffa,b\n", "a,a\n"),
            bytes.array(byte[].class).ofMaxSize(60))
        .as(SlicesPropertyTest::joined);
  }

  private static byte[] joined(String head, byte[] rest) {
    byte[] first = head.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  @Property(tries = 1000)
  void slicesHaveTheRecordsOfTheWhole(
      @ForAll("formats") StreamFormat format,
      @ForAll("files") byte[] file,
      @ForAll List<Short> places)
      throws IOException {
    TreeSet<Integer> cuts = new TreeSet<>();
    cuts.add(0);
    for (int place : places) {
      if (file.length > LEAST_CUT) {
        cuts.add(LEAST_CUT + Math.floorMod(place, file.length - LEAST_CUT));
      }
    }
    List<Records.Result> together = new ArrayList<>();
    for (int start : cuts) {
      Integer end = cuts.higher(start);
      together.addAll(Records.between(format, file, start, end == null ? file.length : end));
    }
    assertThat(together, equalTo(Records.of(format, file)));
  }

  @Property(tries = 200)
  void everyCutOfLinesOfJson(@ForAll("lines") String lines) throws IOException {
    StreamFormat format = new DynamoDbJsonFormat();
    byte[] file = lines.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    List<Records.Result> whole = Records.of(format, file);
    for (int cut = LEAST_CUT; cut < file.length; cut++) {
      List<Records.Result> together = new ArrayList<>(Records.between(format, file, 0, cut));
      together.addAll(Records.between(format, file, cut, file.length));
      assertThat(together, equalTo(whole));
    }
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> line =
        Arbitraries.of(
            "{\"Item\":{\"a\":{\"S\":\"}\"}}}",
            "{\"a\":{\"L\":[{\"S\":\"\\n\"}]}}",
            "",
            "x",
            "{\"a\":{\"S\":\"cut");
    return Combinators.combine(line.list().ofMaxSize(5), Arbitraries.of("\n", "\r\n"))
        .as((all, end) -> "{\"a\":{\"N\":\"1\"}}" + end + String.join(end, all));
  }
}
