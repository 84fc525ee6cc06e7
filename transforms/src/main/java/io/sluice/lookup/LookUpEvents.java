/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.lookup.event.EventRules;
import io.sluice.lookup.event.EventTarget;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads files of events, looks up the item that each names by its key, and keeps, drops or enriches
 * the events by that. Those that are kept are written in the form and the order of the input, byte
 * for byte where nothing is added.
 *
 * <p>Keys are read by BatchGetItem within a share of the table's read capacity, a quarter by
 * default, with many requests in flight in each JVM. What DynamoDB leaves unprocessed or does not
 * answer well is requested again, for up to ten minutes. A key that was read is known for five
 * minutes, as long as a part of the heap has room for it: see {@link #withCache}. So an answer may
 * be as old as that, and reads are eventually consistent by default.
 *
 * <p>Files are staged, and published in one step when all events are done: see {@link
 * PublishEvents}. A record without a key, or that is no event, becomes a rejection. At the end
 * {@link Count#READ} is the sum of {@link Count#KEPT} (or {@link Count#WITHHELD}), {@link
 * Count#DROPPED}, {@link Count#SKIPPED} and the rejections.
 */
public final class LookUpEvents extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** What the lookup came to, as JSON: {@link LookupCounts}. One element. */
  public static final TupleTag<String> SECTION = new TupleTag<>("section") {};

  private final List<MatchResult.Metadata> files;
  private final FileCompression compression;
  private final LookupSpec spec;

  /** Takes the whole table; null to read it by keys. */
  private final @Nullable ScanTable scan;

  private LookUpEvents(
      List<MatchResult.Metadata> files,
      FileCompression compression,
      LookupSpec spec,
      @Nullable ScanTable scan) {
    this.files = files;
    this.compression = compression;
    this.spec = spec;
    this.scan = scan;
  }

  /**
   * Looks up the events of these files.
   *
   * @param table its name
   * @param format CSV, or one whose records are JSON objects
   */
  public static LookUpEvents of(
      List<MatchResult.Metadata> files,
      Format format,
      String table,
      KeySchema schema,
      EventRules rules) {
    return new LookUpEvents(
        List.copyOf(files),
        FileCompression.AUTO,
        new LookupSpec(table, schema, rules, format),
        null);
  }

  private LookUpEvents with(Consumer<LookupSpec> change) {
    LookupSpec changed = new LookupSpec(spec);
    change.accept(changed);
    return new LookUpEvents(files, compression, changed, scan);
  }

  /** Writes the events that are kept; otherwise they are only counted. */
  public LookUpEvents into(EventTarget target) {
    return with(spec -> spec.setTarget(target));
  }

  /** Sets the most rejections with which the events are published, 0 or more; 0 by default. */
  public LookUpEvents withMaxRejects(long most) {
    return with(spec -> spec.setMaxRejects(most));
  }

  /** Sets the compression of the files; {@link FileCompression#AUTO} by default. */
  public LookUpEvents withCompression(FileCompression other) {
    return new LookUpEvents(files, other, spec, scan);
  }

  /** Sets how DynamoDB is reached; settings that are left open come from Beam's AWS options. */
  public LookUpEvents withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /**
   * Sets the share of the read capacity that may be used, instead of a quarter. On a cluster, use
   * {@link Budget#withWorkers}: without it each JVM takes the whole budget.
   */
  public LookUpEvents withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /**
   * Sets the units a second of an on-demand table, instead of those that DynamoDB reports or grants
   * to a new table.
   */
  public LookUpEvents withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /**
   * Has the JVMs of a cluster divide the budget by need, through small files in a folder: see
   * {@link io.sluice.dynamodb.scan.ScanTable#withCoordination}.
   */
  public LookUpEvents withCoordination(String folder) {
    return with(spec -> spec.setCoordination(folder));
  }

  /** Reads consistently: an answer that is not from the cache is current, for twice the units. */
  public LookUpEvents withConsistentReads() {
    return with(spec -> spec.setConsistent(true));
  }

  /**
   * Sets how long answers are known, and how much room they have.
   *
   * @param life more than 0; five minutes by default
   * @param bytes of the heap of each JVM, roughly; 0 for an eighth of it, the default
   */
  public LookUpEvents withCache(Duration life, long bytes) {
    if (life.isZero() || life.isNegative() || bytes < 0) {
      throw new IllegalArgumentException(
          "life is %s, must be above 0; bytes are %d, must be 0 or more".formatted(life, bytes));
    }
    return with(
        spec -> {
          spec.setCachedFor(life);
          spec.setCacheBytes(bytes);
        });
  }

  /**
   * Takes the whole table by one scan, reduced to what is needed, in place of reading keys. Each
   * JVM then has the keys of the table and the attributes that are added on its heap.
   *
   * @param whole of the table, with its client and budget
   */
  public LookUpEvents withScan(ScanTable whole) {
    Map<String, String> names = new LinkedHashMap<>();
    for (KeyAttribute key : spec.schema().attributes()) {
      names.put("#a" + names.size(), key.name());
    }
    for (String attribute : spec.rules().attributes()) {
      if (!names.containsValue(attribute)) {
        names.put("#a" + names.size(), attribute);
      }
    }
    return new LookUpEvents(
        files,
        compression,
        spec,
        whole.withProjection(String.join(",", names.keySet())).withNames(names));
  }

  /** Sets how long reading a key may keep failing, ten minutes by default. */
  public LookUpEvents withRetryFor(Duration time) {
    return with(spec -> spec.setRetryFor(time));
  }

  /**
   * Wires the steps.
   *
   * @return {@link Outcome#REJECTIONS}, {@link Outcome#TALLIES} and {@link #SECTION}
   * @throws UncheckedIOException when the beginning of a file cannot be read
   */
  @Override
  public PCollectionTuple expand(PBegin begin) {
    ScannedTable scanned = scan == null ? null : scanned(begin, scan);
    ParDo.SingleOutput<EventTask, TaskResult> lookUp = ParDo.of(new LookUpFn(spec, scanned));
    PCollectionTuple looked =
        begin
            .apply("Tasks", Create.of(tasks()).withCoder(SerializableCoder.of(EventTask.class)))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Look up",
                (scanned == null ? lookUp : lookUp.withSideInputs(scanned.pages()))
                    .withOutputTags(LookUpFn.RESULTS, Outcome.SIDE_OUTPUTS));
    PCollectionView<Iterable<TaskResult>> results =
        looked
            .get(LookUpFn.RESULTS)
            .setCoder(SerializableCoder.of(TaskResult.class))
            .apply("Results", View.asIterable());
    PCollectionView<Tally> soFar =
        looked
            .get(Outcome.TALLIES)
            .apply("Sum so far", Combine.globally(Tally.sum()).asSingletonView());
    PCollectionTuple ended =
        begin
            .apply("Run", Create.of(spec.maxRejects()))
            .apply(
                "End",
                ParDo.of(new EndFn(spec.target(), results, soFar, scanned))
                    .withSideInputs(
                        scanned == null
                            ? List.of(results, soFar)
                            : List.of(results, soFar, scanned.pages()))
                    .withOutputTags(SECTION, TupleTagList.of(Outcome.TALLIES)));
    return PCollectionTuple.of(Outcome.REJECTIONS, looked.get(Outcome.REJECTIONS))
        .and(
            Outcome.TALLIES,
            PCollectionList.of(looked.get(Outcome.TALLIES))
                .and(ended.get(Outcome.TALLIES))
                .apply("Tallies", Flatten.pCollections()))
        .and(SECTION, ended.get(SECTION));
  }

  private static ScannedTable scanned(PBegin begin, ScanTable scan) {
    return new ScannedTable(
        begin.apply("Scan table", scan).apply("Whole table", View.asIterable()), scan.segments());
  }

  private List<EventTask> tasks() {
    try {
      return EventTask.of(files, spec.format(), compression);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
