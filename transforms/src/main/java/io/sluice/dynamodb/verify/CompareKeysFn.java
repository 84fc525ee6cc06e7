/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.ConsumedUnits;
import io.sluice.report.Consumption;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollectionView;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares pages of items with those of a table, read by their keys, if that is the choice. */
final class CompareKeysFn extends DoFn<SourcedPage, SourcedPage> {
  private static final long serialVersionUID = 1L;

  /** How many batches of keys a worker reads at once. */
  private static final int BATCHES = 16;

  /** The bytes of items beyond which they are compared: the table has as many, decoded. */
  private static final long MOST_BYTES = 4 << 20;

  private final GetSpec spec;
  private final PCollectionView<CompareChoice> choice;
  private transient GetSession session;
  private transient ComparedPages pages;
  private transient BundleTally tally;
  private transient CompareCounts counts;

  CompareKeysFn(GetSpec spec, PCollectionView<CompareChoice> choice) {
    this.spec = spec;
    this.choice = choice;
  }

  @Setup
  public void setup(PipelineOptions options) {
    // Takes its share of the budget, whether or not items arrive here.
    session = GetSession.enter(spec, options.as(AwsOptions.class));
  }

  @StartBundle
  public void startBundle() {
    pages = new ComparedPages();
    tally = new BundleTally();
    counts = CompareCounts.NONE;
  }

  @ProcessElement
  public void processElement(ProcessContext context) throws Exception {
    if (context.sideInput(choice).by() != CompareChoice.Way.KEYS) {
      return;
    }
    pages.add(context.element());
    if (pages.size() >= BATCHES * KeyReader.MOST_KEYS || pages.bytes() >= MOST_BYTES) {
      compare(context::output);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws Exception {
    GlobalWindow window = GlobalWindow.INSTANCE;
    compare(page -> context.output(page, window.maxTimestamp(), window));
    if (!counts.equals(CompareCounts.NONE)) {
      context.output(CompareCounts.PARTS, counts, window.maxTimestamp(), window);
    }
    tally.emit(context, Outcome.TALLIES);
  }

  private void compare(Consumer<SourcedPage> out)
      throws IOException, InterruptedException, InvalidItemException {
    if (pages.size() == 0) {
      return;
    }
    List<Future<?>> reads = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    try {
      for (List<WantedItem> batch : batches()) {
        Answer answer = new Answer(batch);
        answers.add(answer);
        reads.add(session.submit(answer::read));
      }
      for (Future<?> read : reads) {
        await(read);
      }
    } finally {
      reads.forEach(read -> read.cancel(true));
    }
    double units = 0;
    for (Answer answer : answers) {
      answer.found.forEach(pages::meet);
      units += answer.consumed.total();
      tally.add(Consumption.ofReads(answer.consumed), GlobalWindow.INSTANCE);
    }
    CompareCounts settled = pages.settle(out);
    tally.add(Count.UNCHANGED, settled.unchanged(), GlobalWindow.INSTANCE);
    counts = counts.plus(settled).plus(CompareCounts.ofReading(0, units));
    pages = new ComparedPages();
  }

  /** What the table has for some keys. */
  private final class Answer {
    final List<WantedItem> wanted;
    Map<ItemKey, Map<String, AttributeValue>> found = Map.of();
    ConsumedUnits consumed;

    Answer(List<WantedItem> wanted) {
      this.wanted = wanted;
    }

    Void read() throws Exception {
      KeyReader reader = new KeyReader(session, spec.schema());
      found = reader.read(wanted);
      consumed = reader.takeConsumed();
      return null;
    }
  }

  private List<List<WantedItem>> batches() throws InvalidItemException {
    List<List<WantedItem>> batches = new ArrayList<>();
    List<WantedItem> last = List.of();
    for (Map<String, AttributeValue> item : pages.items()) {
      if (batches.isEmpty() || last.size() == KeyReader.MOST_KEYS) {
        last = new ArrayList<>(KeyReader.MOST_KEYS);
        batches.add(last);
      }
      last.add(WantedItem.like(item, spec.schema()));
    }
    return batches;
  }

  private static void await(Future<?> read) throws IOException, InterruptedException {
    try {
      read.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("reading keys was given up");
      }
      // A new exception, so that the stack trace includes this thread.
      throw new IOException(
          e.getCause() instanceof IOException failed ? failed.getMessage() : "A read failed",
          e.getCause());
    }
  }

  @Teardown
  public void teardown() {
    if (session != null) {
      session.leave();
    }
  }
}
