/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.testing.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteRejectionsTest {
  private static final Rejection TEXT =
      new Rejection(
          Rejection.Stage.READ,
          Reason.FIELD_COUNT,
          "too few",
          new Origin("s3://b/x.csv", 12),
          "a,\"\u00e9\n\",\t\u2028".getBytes(UTF_8),
          new PayloadFormat("CSV", List.of("x", "y")));
  private static final Rejection BYTES =
      new Rejection(
          Rejection.Stage.READ,
          Reason.NOT_UTF8,
          "not UTF-8",
          new Origin("s3://b/x.csv", 1L << 33),
          new byte[] {'a', (byte) 0xFF, '\n'},
          new PayloadFormat("TEXT", List.of()));
  private static final Rejection NOTHING =
      new Rejection(
          Rejection.Stage.READ,
          Reason.MALFORMED,
          "cut short",
          new Origin("s3://b/x.json", 3),
          new byte[0],
          PayloadFormat.ITEM);
  private static final Rejection ITEM =
      new Rejection(
          Rejection.Stage.WRITE,
          Reason.KEY_MISSING,
          "no key",
          Origin.UNKNOWN,
          "{\"Item\":{}}".getBytes(UTF_8),
          PayloadFormat.ITEM);

  private static final String COLUMNS_LINE =
      "{\"columnsId\":\"%s\",\"format\":\"CSV\",\"columns\":[\"x\",\"y\"]}"
          .formatted(TEXT.format().columnsId());
  private static final String TEXT_LINE =
      "{\"stage\":\"READ\",\"reason\":\"FIELD_COUNT\",\"message\":\"too few\","
          + "\"file\":\"s3://b/x.csv\",\"offset\":12,"
          + "\"format\":\"CSV\",\"columnsId\":\""
          + TEXT.format().columnsId()
          + "\",\"record\":\"a,\\\"\u00e9\\n\\\",\\t\u2028\"}";
  private static final String BYTES_LINE =
      "{\"stage\":\"READ\",\"reason\":\"NOT_UTF8\",\"message\":\"not UTF-8\","
          + "\"file\":\"s3://b/x.csv\",\"offset\":8589934592,\"format\":\"TEXT\",\"recordBase64\":\"Yf8K\"}";
  private static final String NOTHING_LINE =
      "{\"stage\":\"READ\",\"reason\":\"MALFORMED\",\"message\":\"cut short\","
          + "\"file\":\"s3://b/x.json\",\"offset\":3,\"format\":\"DYNAMODB_JSON\",\"record\":\"\"}";
  private static final String ITEM_LINE =
      "{\"stage\":\"WRITE\",\"reason\":\"KEY_MISSING\",\"message\":\"no key\","
          + "\"file\":\"\",\"offset\":0,\"format\":\"DYNAMODB_JSON\",\"record\":\"{\\\"Item\\\":{}}\"}";

  @TempDir Path folder;

  private final TestPipeline pipeline = Outcomes.pipeline();

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void asJson() {
    assertThat(lines(TEXT), contains(COLUMNS_LINE, TEXT_LINE));
    assertThat(lines(BYTES), contains(BYTES_LINE));
    assertThat(lines(NOTHING), contains(NOTHING_LINE));
    assertThat(lines(ITEM), contains(ITEM_LINE));
  }

  private static List<String> lines(Rejection... rejections) {
    RejectionLines lines = new RejectionLines();
    return Arrays.stream(rejections)
        .flatMap(rejection -> Arrays.stream(lines.of(rejection).split("\n")))
        .toList();
  }

  @Test
  void columnsComeOnceBeforeTheFirstRecordThatHasThem() {
    List<String> lines = lines(BYTES, TEXT, inColumns("y", "x"), TEXT, ITEM, inColumns("y", "x"));
    assertThat(lines.size(), is(8));
    assertThat(lines.subList(0, 3), contains(BYTES_LINE, COLUMNS_LINE, TEXT_LINE));
    assertThat(lines.get(3), containsString("\"columns\":[\"y\",\"x\"]"));
    assertThat(lines.get(5), is(TEXT_LINE));
    assertThat(lines.stream().filter(line -> line.contains("\"columns\"")).count(), is(2L));
  }

  /** Different names that are the same when joined are different columns. */
  @Test
  void columnsAreNamedByWhatTheyAre() {
    assertThat(
        new PayloadFormat("CSV", List.of("ab", "c")).columnsId(),
        not(new PayloadFormat("CSV", List.of("a", "bc")).columnsId()));
  }

  /** Columns travel with each rejection; after decoding, rejections share them. */
  @Test
  void columnsAreHeldOnce() throws Exception {
    SerializableCoder<Rejection> coder = SerializableCoder.of(Rejection.class);
    Rejection one = CoderUtils.clone(coder, inColumns("\u00e9", ""));
    assertThat(one, is(inColumns("\u00e9", "")));
    assertThat(
        CoderUtils.clone(coder, inColumns("\u00e9", "")).format(), sameInstance(one.format()));
  }

  private static Rejection inColumns(String... columns) {
    PayloadFormat format = new PayloadFormat("CSV", List.of(columns));
    return new Rejection(
        TEXT.stage(), TEXT.reason(), TEXT.message(), TEXT.origin(), TEXT.payload(), format);
  }

  /** 500 records of a file with 500 columns: 3 MB when each had the columns. */
  @Test
  void aWideHeaderDoesNotGrowWithTheRecords() throws IOException {
    String[] wide = IntStream.range(0, 500).mapToObj(i -> "column" + i).toArray(String[]::new);
    pipeline
        .apply(Create.of(Collections.nCopies(500, inColumns(wide))))
        .apply(WriteRejections.to(folder + "/run"));
    pipeline.run().waitUntilFinish();
    long bytes = 0;
    long lines = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
      lines += Files.readAllLines(file).stream().filter(line -> line.contains("stage")).count();
    }
    assertThat(lines, is(500L));
    assertThat(bytes, lessThan(500L * 200 + files().size() * 10_000L));
  }

  @Test
  void aLineOfSomeFileForEach() throws IOException {
    pipeline
        .apply(Create.of(TEXT, BYTES, NOTHING, ITEM, ITEM))
        .apply(Reshuffle.viaRandomKey())
        .apply(WriteRejections.to(folder + "/run"));
    pipeline.run().waitUntilFinish();
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      assertThat(file.getParent(), is(folder.resolve("run")));
      assertThat(file.getFileName().toString().matches("rejects.*\\.jsonl"), is(true));
      lines.addAll(List.of(Files.readString(file).split("\n", -1)));
    }
    lines.removeIf(String::isEmpty);
    // Each file has its own line of columns.
    assertThat(lines.remove(COLUMNS_LINE), is(true));
    lines.removeIf(COLUMNS_LINE::equals);
    assertThat(
        lines, containsInAnyOrder(TEXT_LINE, BYTES_LINE, NOTHING_LINE, ITEM_LINE, ITEM_LINE));
  }

  @Test
  void noRejectionNoFile() throws IOException {
    pipeline
        .apply(Create.empty(SerializableCoder.of(Rejection.class)))
        .apply(WriteRejections.to(folder + "/run/"));
    pipeline.run().waitUntilFinish();
    assertThat(files(), empty());
  }
}
