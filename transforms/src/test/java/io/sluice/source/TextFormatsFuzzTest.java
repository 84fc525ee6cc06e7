/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.dedupe.Deduplicate;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.report.Count;
import io.sluice.report.Ledger;
import io.sluice.report.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Valid files, damaged at random: every record is read or refused, no byte belongs to two records,
 * and no byte is skipped that might be data. A failure names the seed of its file.
 */
@Timeout(120)
class TextFormatsFuzzTest {
  private static final int FILES = 1500;
  private static final int FILES_OF_A_JOB = 60;
  private static final byte[] TELLING =
      "{}[]\",:;\\\n\r \t\u0002\u0003\u0000\u00ef\u00bb\u00bf\u00ff'-.0e".getBytes(ISO_8859_1);

  private static final String BRACKETS = "[ \t\r\n,\\[\\]]*";

  @ParameterizedTest
  @EnumSource(FuzzedFormat.class)
  void whateverIsDamaged(FuzzedFormat kind) {
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      String mark = random.nextInt(4) == 0 ? "\uFEFF" : "";
      byte[] file = (mark + kind.file.apply(random)).getBytes(UTF_8);
      file = random.nextInt(10) == 0 ? file : damaged(file, random);
      String which = kind + " with seed " + seed;

      List<Reads.Read> reads = Reads.all(kind.format, slowly(file, random));
      assertInOrder(which, kind, file, reads);
      if (file.length > 8 && kind.format.splittable(file)) {
        assertSameInSlices(which, kind.format, file, reads, random);
      }
    }
  }

  /** The same through a whole job: read = items + duplicates + rejected + skipped, exactly. */
  @ParameterizedTest
  @EnumSource(FuzzedFormat.class)
  void theCountsOfAJobOverDamagedFilesAddUp(FuzzedFormat kind, @TempDir Path folder)
      throws IOException {
    long records = 0;
    for (int seed = 0; seed < FILES_OF_A_JOB; seed++) {
      Random random = new Random(seed);
      byte[] file = damaged(kind.file.apply(random).getBytes(UTF_8), random);
      Files.write(folder.resolve("f" + seed), file);
      records += Reads.all(kind.format, new ByteArrayInputStream(file)).size();
    }
    KeySchema key = KeySchema.of(KeyAttribute.parse("made key:S"));
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    Ledger ledger = new Ledger();
    PCollection<Long> items =
        pipeline
            .apply(
                ReadItems.from(List.of(folder + "/*"), kind.format)
                    .withKey(key, KeyFrom.parse("md5"))
                    .withMinSplitBytes(64))
            .into(ledger)
            .apply(Deduplicate.by(key))
            .into(ledger)
            .apply("Items", org.apache.beam.sdk.transforms.Count.globally());
    PCollection<Long> rejections =
        ledger.rejections().apply("Rejected", org.apache.beam.sdk.transforms.Count.globally());
    PCollection<Tally> sum = ledger.tallies().apply(Combine.globally(Tally.sum()));
    long expected = records;
    PAssert.thatSingleton(sum).satisfies(tally -> hasRead(expected, tally));
    PCollectionView<Long> itemCount = items.apply(View.asSingleton());
    PCollectionView<Long> rejectionCount = rejections.apply(View.asSingleton());
    PAssert.that(
            sum.apply(
                "Left over",
                ParDo.of(new LeftOverFn(itemCount, rejectionCount))
                    .withSideInputs(itemCount, rejectionCount)))
        .containsInAnyOrder(0L);
    pipeline.run().waitUntilFinish();
  }

  private static Void hasRead(long records, Tally tally) {
    assertThat(tally.count(Count.READ), is(records));
    return null;
  }

  /**
   * Counts what was read and is nowhere; items and rejections are counted apart from the tallies.
   */
  private static final class LeftOverFn extends DoFn<Tally, Long> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> items;
    private final PCollectionView<Long> rejections;

    LeftOverFn(PCollectionView<Long> items, PCollectionView<Long> rejections) {
      this.items = items;
      this.rejections = rejections;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Tally tally = context.element();
      context.output(
          tally.count(Count.READ)
              - tally.count(Count.SKIPPED)
              - tally.count(Count.DUPLICATES)
              - context.sideInput(items)
              - context.sideInput(rejections));
    }
  }

  private static void assertInOrder(
      String which, FuzzedFormat kind, byte[] file, List<Reads.Read> reads) {
    String text = new String(file, ISO_8859_1);
    boolean lines = kind.between != null || kind.format.splittable(file);
    String between = kind.between != null || lines ? FuzzedFormat.Gaps.LINE_END : BRACKETS;
    long end = 0;
    boolean first = true;
    for (Reads.Read read : reads) {
      assertThat(which, read.offset(), greaterThanOrEqualTo(end));
      assertThat(which, read.end(), lessThanOrEqualTo((long) file.length));
      String bytes = text.substring((int) read.offset(), (int) read.end());
      assertThat(which, read.record(), equalTo(bytes));
      assertThat(which, read.item() == null || read.reason() == null, is(true));
      String gap = text.substring((int) end, (int) read.offset());
      assertGap(which, kind, first, gap, lines, between);
      end = read.end();
      first = false;
    }
    assertGap(which, kind, first, text.substring((int) end), lines, between);
  }

  private static void assertGap(
      String which, FuzzedFormat kind, boolean first, String gap, boolean lines, String between) {
    if (kind.before == null && !lines) {
      // An envelope contains more than records.
      return;
    }
    String allowed = first ? "(\u00ef\u00bb\u00bf)?" + start(kind, lines) : between + "?";
    assertThat(which, gap, matchesPattern(Pattern.compile(allowed, Pattern.DOTALL)));
  }

  private static String start(FuzzedFormat kind, boolean lines) {
    if (!lines) {
      return BRACKETS;
    }
    return kind.before == null ? "" : kind.before;
  }

  private static void assertSameInSlices(
      String which, StreamFormat format, byte[] file, List<Reads.Read> whole, Random random) {
    // A split is never so small that it ends within the byte order mark.
    int cut = 4 + random.nextInt(file.length - 4);
    List<Reads.Read> parts = new ArrayList<>(Reads.slice(format, file, 0, cut));
    parts.addAll(Reads.slice(format, file, cut, file.length));
    assertThat(which + " cut at " + cut, parts, equalTo(whole));
  }

  private static byte[] damaged(byte[] file, Random random) {
    byte[] out = file;
    for (int i = random.nextInt(5); i >= 0; i--) {
      out = damagedOnce(out, random);
    }
    return out;
  }

  private static byte[] damagedOnce(byte[] file, Random random) {
    int at = random.nextInt(file.length + 1);
    int until = Math.min(file.length, at + random.nextInt(4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> out.write(file, until, file.length - until);
      case 1 -> {
        out.write(random.nextInt(256));
        out.write(file, at, file.length - at);
      }
      case 2 -> {
        out.write(TELLING[random.nextInt(TELLING.length)]);
        out.write(file, at, file.length - at);
      }
      case 3 -> {
        out.write(TELLING[random.nextInt(TELLING.length)]);
        out.write(file, until, file.length - until);
      }
      default -> {
        if (random.nextInt(4) > 0) {
          out.write(file, at, file.length - at);
        }
      }
    }
    return out.toByteArray();
  }

  /** Returns a stream that delivers its bytes bit by bit, like one from the network. */
  private static InputStream slowly(byte[] file, Random random) {
    return new ByteArrayInputStream(file) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(len, 1 + random.nextInt(7)));
      }
    };
  }
}
