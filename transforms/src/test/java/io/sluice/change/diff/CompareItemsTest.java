/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.item.page.SourcedPageCoder;
import io.sluice.testing.DirectRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The comparison of two states in a pipeline, and the commit of its differences. */
@Execution(ExecutionMode.SAME_THREAD)
class CompareItemsTest {
  private static final int BUCKETS = 5;
  private static final int FILES = 2;
  private static final Instant TIME = Instant.parse("2026-01-31T23:26:00Z");
  private static final ConcurrentLinkedQueue<DiffCounts> COUNTS = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  private final ModelTable from = ModelTable.random(new Random(1), 300);
  private final ModelTable to = from.later();

  private static DiffCounts compare(
      List<Map<String, AttributeValue>> from,
      List<Map<String, AttributeValue>> to,
      int missing,
      @Nullable DeltaTask task) {
    COUNTS.clear();
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    CompareItems compare =
        CompareItems.of(
            BUCKETS,
            number("from", from.size(), pipeline),
            number("to", to.size() + missing, pipeline));
    PCollectionTuple compared =
        PCollectionList.of(
                pipeline.apply(
                    "From",
                    Create.of(ModelTable.pages(from, BUCKETS)).withCoder(SourcedPageCoder.of())))
            .and(
                pipeline.apply(
                    "To",
                    Create.of(ModelTable.pages(to, BUCKETS)).withCoder(SourcedPageCoder.of())))
            .apply(task == null ? compare : compare.withDelta(task.stamp(), FILES));
    compared.get(CompareItems.COUNTS).apply("Keep counts", ParDo.of(new KeepCounts()));
    if (task != null) {
      compared.apply(WriteDelta.of(task));
    }
    DirectRun.of(pipeline);
    assertThat(COUNTS.size(), is(1));
    return COUNTS.peek();
  }

  private static PCollectionView<Long> number(String name, long n, TestPipeline pipeline) {
    PCollection<Long> one = pipeline.apply(name, Create.of(n));
    return one.apply("View " + name, View.asSingleton());
  }

  private static String failure(Runnable run) {
    return assertThrows(RuntimeException.class, run::run).getMessage();
  }

  private DeltaTask task(String run) {
    DeltaStamp stamp = new DeltaStamp(FeedCommit.differencesOf("trips"), ModelTable.KEY, TIME);
    return DeltaTask.after(
        null, new FeedFolder(folder.toString(), "trips"), run, stamp, TIME.minusSeconds(9), TIME);
  }

  @Test
  void emptyStatesAreNoException() {
    assertThat(compare(List.of(), List.of(), 0, null), is(DiffCounts.NONE));
    List<Map<String, AttributeValue>> items = from.spelled();
    assertThat(compare(items, List.of(), 0, null).removed(), is((long) from.size()));
    assertThat(compare(List.of(), items, 0, null).added(), is((long) from.size()));
    assertThat(compare(items, from.spelled(), 0, null).unchanged(), is((long) from.size()));
  }

  @Test
  void itemsThatAreMissingAreFound() {
    assertThat(
        failure(() -> compare(from.spelled(), to.spelled(), 1, null)),
        containsString(
            "--to has %d items and %d were compared".formatted(to.size() + 1, to.size())));
  }

  @Test
  void theCommitHasTheDifferencesOnce() throws Exception {
    DiffCounts counts = compare(from.spelled(), to.spelled(), 0, task("run-1"));
    assertThat(counts.differences(), is(greaterThan(3L)));
    FeedCommit commit = commits().latest().orElseThrow();
    assertThat(commit.number(), is(1L));
    assertThat(commit.records(), is(counts.differences()));
    assertThat(commit.files().size(), is(FILES));
    Set<String> ids = new HashSet<>();
    for (DeltaFile file : commit.files()) {
      byte[] bytes = Files.readAllBytes(Path.of(task("x").feed().path(), file.name()));
      assertThat(file.bytes(), is((long) bytes.length));
      assertThat(
          file.md5(),
          is(Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes))));
      String text =
          new String(
              new GZIPInputStream(
                      Files.newInputStream(Path.of(task("x").feed().path(), file.name())))
                  .readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(text.lines().count(), is(file.records()));
      text.lines().forEach(line -> ids.add(line.substring(0, 50)));
    }
    assertThat("each has an id of its own", (long) ids.size(), is(counts.differences()));

    // An attempt whose answer was lost comes again, and writes other files.
    compare(from.spelled(), to.spelled(), 0, task("run-1"));
    assertThat(commits().latest(), is(Optional.of(commit)));
    assertThat(files(), is(names(commit)));

    assertThat(
        failure(() -> compare(from.spelled(), to.spelled(), 0, task("run-2"))),
        containsString("another run made commit 1 of"));
    assertThat(commits().latest(), is(Optional.of(commit)));
    assertThat(files(), is(names(commit)));
  }

  @Test
  void statesThatAreTheSameHaveACommitToo() throws IOException {
    compare(from.spelled(), from.spelled(), 0, task("run-1"));
    FeedCommit commit = commits().latest().orElseThrow();
    assertThat(commit.files(), is(List.of()));
    assertThat(commit.completeThrough(), is(TIME));
  }

  private FeedCommits commits() {
    return FeedCommits.of(task("x").feed());
  }

  private static Set<String> names(FeedCommit commit) {
    return commit.files().stream()
        .map(DeltaFile::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> files() {
    Path feed = Path.of(task("x").feed().path());
    try (Stream<Path> all = Files.walk(feed)) {
      return all.filter(file -> file.toString().endsWith(".gz"))
          .map(file -> feed.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class KeepCounts extends DoFn<DiffCounts, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element DiffCounts counts) {
      COUNTS.add(counts);
    }
  }
}
