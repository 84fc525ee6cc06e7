/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Files of Firehose are read without loss, however records are joined and spread over files. */
class SpreadRecordsPropertyTest {
  private static Path folder;

  @BeforeContainer
  static void create() throws IOException {
    folder = Files.createTempDirectory("spread");
  }

  @AfterContainer
  static void delete() throws IOException {
    deleteAll(folder);
  }

  private static void deleteAll(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String name(int number) {
    return "%02d/trips-1-2026-01-31-%02d-%02d-%02d-0f2f1d3c-5b9a-4c53-8e8b-%012x"
        .formatted(number / 3600, number / 3600, number / 60 % 60, number % 60, 7 * number % 11);
  }

  /** Writes the parts of a text as files, and reads those; offsets are those in the text. */
  private static ReadNow read(ChangeFormat format, byte[] text, int... cuts) throws IOException {
    Path place = Files.createTempDirectory(folder, "x").resolve("2026/01/31");
    List<Integer> ends = new ArrayList<>(Arrays.stream(cuts).sorted().boxed().toList());
    ends.add(text.length);
    Map<String, Integer> starts = new TreeMap<>();
    int start = 0;
    for (int i = 0; i < ends.size(); i++) {
      // Some are in the folder of the next hour.
      Path file = place.resolve(name(i * 1700));
      Files.createDirectories(file.getParent());
      byte[] part = Arrays.copyOfRange(text, start, ends.get(i));
      Files.write(file, i % 2 == 0 ? part : gzip(part));
      starts.put(file.toString(), start);
      start = ends.get(i);
    }
    ReadNow read = ReadNow.of(ReadNow.find(format, place + "/**"));
    read.changes.forEach(change -> begins(text, starts, change.origin()));
    for (Rejection rejection : read.rejections) {
      assertThat(starts.containsKey(rejection.origin().file()), is(true));
    }
    deleteAll(place.getParent().getParent().getParent());
    return read;
  }

  private static void begins(byte[] text, Map<String, Integer> starts, Origin at) {
    int offset = starts.get(at.file()) + (int) at.offset();
    assertThat("a change begins there", text[offset], is((byte) '{'));
  }

  /** Joins records in one of the ways that are met. */
  private static String joined(List<String> records, int way) {
    return switch (way) {
      case 0 -> String.join("", records);
      case 1 -> String.join("\n", records) + "\n";
      case 2 -> "[" + String.join(",", records) + "]";
      case 3 -> String.join("", records.stream().map(one -> "[" + one + "]").toList());
      case 4 -> "{\"Records\":[" + String.join(",", records) + "]}";
      case 5 ->
          String.join(
              "\n", records.stream().map(one -> "{\"Records\": [ " + one + " ] }").toList());
      default -> "[\n" + String.join(" ,\r\n", records) + "\n]\n";
    };
  }

  private static String record(History.Step step, ChangeFormat format) {
    return switch (format) {
      case STREAM -> step.ofStream();
      case KINESIS -> step.ofKinesis(step.place() % 2 == 0);
      default -> step.ofSimple();
    };
  }

  private static List<ChangeFormat> formats() {
    return List.of(ChangeFormat.STREAM, ChangeFormat.KINESIS, ChangeFormat.SIMPLE);
  }

  /** Every offset at which a text of some records can be cut in two. */
  @Property(tries = 20)
  void aCutAnywhereLosesNothing(@ForAll long seed, @ForAll @IntRange(max = 6) int way)
      throws IOException {
    Random random = new Random(seed);
    ChangeFormat format = formats().get(random.nextInt(3));
    boolean isAlone = format == ChangeFormat.SIMPLE && (way == 4 || way == 5);
    List<History.Step> steps = History.of(random, 3);
    List<String> records = steps.stream().map(step -> record(step, format)).toList();
    byte[] text = joined(records, isAlone ? 0 : way).getBytes(UTF_8);
    ReadNow whole = read(format, text);
    assertThat(whole.rejections, is(empty()));
    assertThat(whole.table(), is(History.table(steps)));
    for (int cut = 0; cut <= text.length; cut++) {
      ReadNow read = read(format, text, cut);
      assertThat("cut at " + cut, read.rejections, is(empty()));
      assertThat("cut at " + cut, read.all(), is(whole.all()));
    }
  }

  /** Many small files, some of which have no record of their own, or nothing at all. */
  @Property(tries = 300)
  void manyCutsLoseNothing(
      @ForAll long seed,
      @ForAll @IntRange(max = 6) int way,
      @ForAll @IntRange(min = 1, max = 40) int cuts)
      throws IOException {
    Random random = new Random(seed);
    ChangeFormat format = formats().get(random.nextInt(2));
    List<History.Step> steps = History.of(random, 1 + random.nextInt(12));
    List<String> records = steps.stream().map(step -> record(step, format)).toList();
    byte[] text = joined(records, way).getBytes(UTF_8);
    ReadNow read = read(format, text, random.ints(cuts, 0, text.length + 1).toArray());
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(steps.size()));
    assertThat(read.table(), is(History.table(steps)));
  }

  /** Records that are cut off, without their beginning, or no JSON, between others and at ends. */
  @Property(tries = 400)
  void whatIsBrokenCostsNoOtherRecord(
      @ForAll long seed, @ForAll @IntRange(max = 3) int cuts, @ForAll boolean lines)
      throws IOException {
    Random random = new Random(seed);
    ChangeFormat format = formats().get(random.nextInt(2));
    List<History.Step> steps = History.of(random, 2 + random.nextInt(8));
    StringBuilder text = new StringBuilder();
    TreeSet<Integer> broken = new TreeSet<>();
    boolean isAfterBroken = false;
    for (History.Step step : steps) {
      String record = record(step, format);
      if (random.nextInt(3) == 0 && !isAfterBroken) {
        broken.add(text.toString().getBytes(UTF_8).length);
        text.append(damaged(record, random)).append(lines ? "\n" : "");
        isAfterBroken = true;
      } else {
        isAfterBroken = false;
      }
      text.append(record).append(lines ? "\n" : "");
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    ReadNow whole = read(format, bytes);
    assertThat(whole.changes.size(), is(steps.size()));
    assertThat(whole.table(), is(History.table(steps)));
    assertThat(
        new TreeSet<>(whole.rejections.stream().map(one -> (int) one.origin().offset()).toList()),
        is(broken));
    ReadNow read = read(format, bytes, random.ints(cuts, 0, bytes.length + 1).toArray());
    assertThat(read.all(), is(whole.all()));
    if (!broken.isEmpty()) {
      assertThat(read.rejections.size(), is(greaterThan(0)));
    } else {
      assertThat(read.rejections, is(empty()));
    }
  }

  private static String damaged(String record, Random random) {
    int at = 1 + random.nextInt(record.length() - 2);
    return switch (random.nextInt(4)) {
      case 0 -> record.substring(0, at);
      case 1 -> "x" + record.substring(at).replace('{', '(').replace('[', '(').replace(']', ')');
      case 2 -> "?~ no JSON \u0007";
      default -> record.substring(0, at) + "\u0001" + record.substring(at).replace("{\"", "{'");
    };
  }

  @Property(tries = 50)
  void whatIsNoChangeIsRejected(@ForAll @IntRange(min = 1, max = 300) int length)
      throws IOException {
    byte[] text = "z".repeat(length).getBytes(UTF_8);
    ReadNow read = read(ChangeFormat.STREAM, text, length / 3, length / 2);
    assertThat(read.changes, is(empty()));
    assertThat(read.rejections, is(not(empty())));
    assertThat(read.rejections.stream().mapToInt(one -> one.payload().length).sum(), is(length));
  }
}
