/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.dedupe.Deduplicate;
import io.sluice.dynamodb.checkpoint.BucketMarks;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.rejects.WriteRejections;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.Detached;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.report.Report;
import io.sluice.report.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A job that reads files for a table: the beginning and the end that its pipelines share.
 *
 * @param pipeline the name of the pipeline
 * @param options of the runner and of AWS
 * @param input what is read, which is open until the job has ended
 * @param workers slots of the cluster; 0 when all work is in this JVM
 * @param start names the folder of rejections
 * @param comparesTable whether the items of the table may be shuffled with those of the input
 * @param marks where it is kept which buckets are written; null for nowhere
 */
public record InputJob(
    String pipeline,
    SluiceOptions options,
    InputSettings plan,
    JobInput input,
    TableInfo table,
    int workers,
    Instant start,
    boolean comparesTable,
    @Nullable BucketMarks marks) {

  /** A job whose input is shuffled by itself. */
  public InputJob(
      String pipeline,
      SluiceOptions options,
      InputSettings plan,
      JobInput input,
      TableInfo table,
      int workers,
      Instant start) {
    this(pipeline, options, plan, input, table, workers, start, false, null);
  }

  /** Returns the same job, whose buckets have the items of the table, too. */
  public InputJob comparingTable() {
    return new InputJob(pipeline, options, plan, input, table, workers, start, true, marks);
  }

  /** Returns the same job, whose buckets are marked when they are written. */
  public InputJob keeping(BucketMarks kept) {
    return new InputJob(pipeline, options, plan, input, table, workers, start, comparesTable, kept);
  }

  /**
   * The bytes of heap per byte of input: 93 MB of CSV, 1,000,000 rows, went through 192 MB in an
   * import and through 256 MB in a dry run (with the serial collector). Text that compresses less
   * takes more.
   */
  private static final int HEAP_FOR_INPUT = 4;

  /**
   * The bytes of input per byte of heap from which on a job is refused: they would have to compress
   * to less than a twentieth, beside all else that is on the heap.
   */
  private static final int INPUT_BEYOND_HEAP = 20;

  private static final DateTimeFormatter FOLDER_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  /** Returns the same job, to be run once more. */
  public InputJob startedAgain(Instant now) {
    return new InputJob(pipeline, options, plan, input, table, workers, now, comparesTable, marks);
  }

  /** Reads items, one for each primary key; in pages. */
  public Outcome read(Ledger ledger, Pipeline pipeline, ItemInput items) {
    Deduplicate deduplicate =
        Deduplicate.by(table.keySchema())
            .keeping(plan.dedupe().policy())
            .orderedBy(plan.dedupe().orderBy())
            .intoBuckets(buckets());
    if (marks != null) {
      deduplicate = deduplicate.numberingParts();
    }
    return pipeline
        .apply(
            "Read items",
            items.read(
                new ItemInput.Reading(
                    table.keySchema(),
                    plan.keyFrom(),
                    table.indexKeys(),
                    EmbeddedEngine.threadsOfReader(options),
                    deduplicate.buckets())))
        .pagesInto(ledger)
        .apply("Deduplicate", deduplicate.ofPages());
  }

  /**
   * Prints a warning if the heap may be too small.
   *
   * @throws JobException if the input is {@value #INPUT_BEYOND_HEAP} times as large or larger
   */
  public void checkHeap(Console console) {
    long heap = Runtime.getRuntime().maxMemory();
    String warning = heapWarning(heap);
    if (warning != null && isBeyond(heap)) {
      throw new JobException(warning);
    }
    if (warning != null) {
      console.tell(warning);
    }
  }

  /**
   * Warns of a heap that may be too small: the DirectRunner keeps the whole input there, between
   * reading and writing.
   *
   * @param heap its maximum size in bytes
   * @return a sentence; null when there is nothing to warn of
   */
  public @Nullable String heapWarning(long heap) {
    long bytes = inputBytes();
    if (!EmbeddedEngine.isDirect(options) || bytes < heap / HEAP_FOR_INPUT) {
      return null;
    }
    return String.format(
        "the DirectRunner holds the whole input on the heap, and %s%s %s %s:"
            + " give more (SLUICE_JAVA_OPTS=-Xmx8g), or --runner=FlinkRunner",
        input.isCompressed() ? "about " : "",
        DataSize.text(bytes),
        isBeyond(heap) ? "is over twenty times" : "may not fit into",
        DataSize.text(heap));
  }

  private boolean isBeyond(long heap) {
    return !input.isGuess() && inputBytes() / INPUT_BEYOND_HEAP >= heap;
  }

  private long inputBytes() {
    return input.bytes();
  }

  /** Returns over how many buckets the keys of the input are spread. */
  public int buckets() {
    if (marks != null) {
      return marks.buckets();
    }
    long bytes = Math.max(inputBytes(), comparesTable ? table.bytes() : 0);
    long least = Math.max(BucketCount.forBalance(bytes, workers), plan.dedupe().shards());
    return BucketCount.of(bytes, least);
  }

  /**
   * Writes the rejections, if requested, and then the report, which the submitting program receives
   * first. Returns the tally of the whole job, when both are written.
   *
   * @param judge judges that tally if the submitting program does not wait for it
   * @param coordination is over before that
   */
  public PCollection<Tally> endWith(
      Ledger ledger,
      Map<String, PCollectionView<String>> sections,
      SerializableFunction<Tally, Verdict> judge,
      Coordination coordination) {
    PCollection<Tally> whole = written(ledger, sections);
    PCollection<Tally> last = coordination.endWith(whole);
    if (isDetached()) {
      last.apply("Judge", JudgeJob.by(judge));
    }
    return whole;
  }

  private PCollection<Tally> written(Ledger ledger, Map<String, PCollectionView<String>> sections) {
    Report report = report().to(plan.outputs().report());
    if (rejectsFolder() == null) {
      return report(ledger.talliesWithoutRejections(), report, sections);
    }
    PCollection<Void> written =
        ledger.rejections().apply("Write rejections", WriteRejections.to(rejectsFolder()));
    return report(ledger.tallies(), report.writtenAfter(written), sections);
  }

  private Report report() {
    return PriceSettings.ofWrites(options).report(properties(), table.capacity());
  }

  /** Sends the report only to the submitting program, and writes nothing at all. */
  public void endWithoutFiles(Ledger ledger, Map<String, PCollectionView<String>> sections) {
    report(ledger.talliesWithoutRejections(), report(), sections);
  }

  private static PCollection<Tally> report(
      PCollection<Tally> tallies, Report report, Map<String, PCollectionView<String>> sections) {
    return tallies.apply("Report", report.withSections(sections));
  }

  /** Returns the folder in which this run writes its rejections; null for none. */
  public @Nullable String rejectsFolder() {
    String folder = plan.outputs().rejects();
    return folder == null
        ? null
        : (folder.endsWith("/") ? folder : folder + "/") + FOLDER_TIME.format(start);
  }

  /** Whether the submitting program ends before this job does. */
  public boolean isDetached() {
    return ClusterEngine.isDetached(options);
  }

  /** Submits this job without waiting for it; returns the exit code. */
  public int submit(Pipeline whole, Console console) {
    return new Detached(title(), plan.outputs().report(), rejectsFolder()).submit(whole, console);
  }

  /** Returns the line that says what the job does. */
  public String title() {
    String verb =
        switch (pipeline) {
          case "verify" -> "=?";
          case "lookup" -> "in";
          default -> "->";
        };
    return String.join(" ", inputText(), verb, table.name());
  }

  /** Creates the summary of this job, which has just ended. */
  public InputSummary summary(JobReport report, Console console) {
    return new InputSummary(
        report, rejectsFolder(), Duration.between(start, Instant.now()), console);
  }

  private String inputText() {
    if (input.title().isPresent()) {
      return input.title().get();
    }
    String patterns = String.join(",", plan.input());
    String list = plan.inputList();
    return list == null
        ? patterns
        : patterns + (patterns.isEmpty() ? "" : " and ") + "the names in " + list;
  }

  /** Returns the job's properties in the report, besides the counts. */
  private Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", pipeline);
    properties.put("runner", EmbeddedEngine.runner(options));
    properties.put("input", inputText());
    properties.putAll(input.properties());
    properties.put("table", table.name());
    properties.put("started", start.toString());
    if (rejectsFolder() != null) {
      properties.put("rejects", rejectsFolder());
    }
    return properties;
  }
}
