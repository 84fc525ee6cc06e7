/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.item.SourcedItem;
import io.sluice.item.page.SourcedPage;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Lets all items pass or none: none when the steps before it rejected more than allowed, or found
 * more deletes. It waits until those steps have processed all of their input, so nothing is written
 * from an input that turns out to be broken at its end. Items that it holds back are counted as
 * {@link Count#WITHHELD}. Items that pass have the time of the end of their window.
 */
public final class Gate extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final Limits limits;
  private final transient PCollection<Tally> soFar;
  private final Listener listener;

  /** Receives, on each worker, the counts so far, before the first item passes. */
  public interface Listener extends Serializable {
    void counted(Tally soFar);
  }

  private Gate(Limits limits, PCollection<Tally> soFar, Listener listener) {
    this.limits = limits;
    this.soFar = soFar;
    this.listener = listener;
  }

  /**
   * Creates a gate that closes when there are more than {@code maxRejects} rejections.
   *
   * @param maxRejects 0 or more
   * @param soFar the tallies of all the steps before
   */
  public static Gate closingAbove(long maxRejects, PCollection<Tally> soFar) {
    return closingAbove(Limits.ofRejects(maxRejects), soFar);
  }

  /**
   * Creates a gate that closes when there are more rejections or deletes than the limits allow.
   *
   * @param soFar the tallies of all the steps before
   */
  public static Gate closingAbove(Limits limits, PCollection<Tally> soFar) {
    return new Gate(limits, soFar, tally -> {});
  }

  /** Also passes the counts to a listener; once per bundle, so more than once. */
  public Gate telling(Listener told) {
    return new Gate(limits, soFar, told);
  }

  /** Returns the same gate for pages of items. */
  public PTransform<PCollection<SourcedPage>, Outcome> ofPages() {
    return new Pages(this);
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    return items.apply("Pages", PagesOfItems.inAnyOrder()).apply("Of pages", ofPages());
  }

  private static final class Pages extends PTransform<PCollection<SourcedPage>, Outcome> {
    private static final long serialVersionUID = 1L;
    private final Gate gate;

    Pages(Gate gate) {
      this.gate = gate;
    }

    @Override
    public Outcome expand(PCollection<SourcedPage> pages) {
      PCollectionView<Tally> tally =
          gate.soFar.apply("Sum so far", Combine.globally(Tally.sum()).asSingletonView());
      return Outcome.of(
          pages.apply(
              "Pass or hold back",
              ParDo.of(new PassFn(tally, gate.limits, gate.listener))
                  .withSideInputs(tally)
                  .withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS)));
    }
  }

  private static final class PassFn extends DoFn<SourcedPage, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Tally> soFar;
    private final Limits limits;
    private final Listener listener;
    private transient BundleTally tally;
    private transient boolean told;

    PassFn(PCollectionView<Tally> soFar, Limits limits, Listener listener) {
      this.soFar = soFar;
      this.limits = limits;
      this.listener = listener;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
      told = false;
    }

    @ProcessElement
    public void processElement(ProcessContext context, BoundedWindow window) {
      Tally before = context.sideInput(soFar);
      if (!told) {
        listener.counted(before);
        told = true;
      }
      if (limits.areKeptBy(before)) {
        context.output(context.element());
      } else {
        tally.add(Count.WITHHELD, context.element().count(), window);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
