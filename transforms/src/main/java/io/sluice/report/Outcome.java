/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.failure.Rejection;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.SourcedPage;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The result of a step: the items that go on, its rejections, and its tallies, which include the
 * rejections. Between the steps of an import items travel in {@link #pages}; a pipeline of your own
 * may take single {@link #items}.
 */
public final class Outcome implements POutput {
  /** The items that go on; the main output of a step's ParDo. */
  public static final TupleTag<SourcedItem> ITEMS = new TupleTag<>("items") {};

  /** The items that go on, in pages; in place of {@link #ITEMS}. */
  public static final TupleTag<SourcedPage> PAGES = new TupleTag<>("pages") {};

  /** The items or records that the step rejected. */
  public static final TupleTag<Rejection> REJECTIONS = new TupleTag<>("rejections") {};

  /** The counts of the step. */
  public static final TupleTag<Tally> TALLIES = new TupleTag<>("tallies") {};

  /** The side outputs of a step's ParDo. */
  public static final TupleTagList SIDE_OUTPUTS = TupleTagList.of(REJECTIONS).and(TALLIES);

  private final PCollectionTuple outputs;

  /** What {@link #items} has made of pages. */
  private @Nullable PCollection<SourcedItem> items;

  private Outcome(PCollectionTuple outputs) {
    this.outputs = outputs;
  }

  /** Creates the outcome of a last step, from which no items go on. */
  public static Outcome ofLast(PCollection<Rejection> rejections, PCollection<Tally> tallies) {
    return new Outcome(PCollectionTuple.of(REJECTIONS, rejections).and(TALLIES, tallies));
  }

  /**
   * Creates the outcome of a ParDo with the outputs {@link #PAGES} or {@link #ITEMS}, and {@link
   * #SIDE_OUTPUTS}.
   */
  public static Outcome of(PCollectionTuple outputs) {
    return new Outcome(outputs);
  }

  /** Returns the items that go on; a last step has none. */
  public PCollection<SourcedItem> items() {
    if (!outputs.has(PAGES)) {
      return outputs.get(ITEMS);
    }
    if (items == null) {
      items = pages().apply("Items of " + pages().getName(), ParDo.of(new ItemsFn()));
    }
    return items;
  }

  /** Returns the items that go on, in pages; only of a step that has pages. */
  public PCollection<SourcedPage> pages() {
    return outputs.get(PAGES);
  }

  public PCollection<Rejection> rejections() {
    return outputs.get(REJECTIONS);
  }

  public PCollection<Tally> tallies() {
    return outputs.get(TALLIES);
  }

  /**
   * Returns an output that this step has besides those of every step.
   *
   * @throws IllegalArgumentException when it has none with this tag
   */
  public <T> PCollection<T> get(TupleTag<T> tag) {
    return outputs.get(tag);
  }

  /** Adds rejections and tallies to the ledger and returns the items. */
  public PCollection<SourcedItem> into(Ledger ledger) {
    closeInto(ledger);
    return items();
  }

  /** Adds rejections and tallies to the ledger and returns the pages of items. */
  public PCollection<SourcedPage> pagesInto(Ledger ledger) {
    closeInto(ledger);
    return pages();
  }

  /** Adds rejections and tallies of a last step to the ledger. */
  public void closeInto(Ledger ledger) {
    ledger.add(rejections(), tallies());
  }

  @Override
  public Pipeline getPipeline() {
    return outputs.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return outputs.expand();
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    outputs.finishSpecifyingOutput(transformName, input, transform);
  }

  private static final class ItemsFn extends DoFn<SourcedPage, SourcedItem> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element SourcedPage page, OutputReceiver<SourcedItem> out) {
      if (page.isOfDeletes()) {
        throw new IllegalArgumentException("keys to delete are no items");
      }
      page.forEach(out::output);
    }
  }
}
