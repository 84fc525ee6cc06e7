/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.failure.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Collects the rejections and tallies of all steps while a pipeline is built, so that the pipeline
 * reads as one chain. Not thread-safe.
 */
public final class Ledger {
  private final List<PCollection<Rejection>> rejections = new ArrayList<>();
  private final List<PCollection<Tally>> tallies = new ArrayList<>();

  /** Adds the rejections and tallies of a step. */
  void add(PCollection<Rejection> rejected, PCollection<Tally> counted) {
    rejections.add(rejected);
    add(counted);
  }

  /** Adds the tallies of a step that rejects nothing. */
  public void add(PCollection<Tally> tally) {
    tallies.add(tally);
  }

  /** Returns all rejections of the steps so far. */
  public PCollection<Rejection> rejections() {
    return PCollectionList.of(rejections)
        .apply("Rejections of " + rejections.size() + " steps", Flatten.pCollections());
  }

  /** Returns all tallies of the steps so far. */
  public PCollection<Tally> tallies() {
    return PCollectionList.of(tallies)
        .apply("Tallies of " + tallies.size() + " steps", Flatten.pCollections());
  }

  /**
   * Returns all tallies of the steps so far, for a job that writes no rejections. The rejections
   * are consumed nevertheless: Beam's SparkRunner leaves an output that nothing consumes out of its
   * coders, and then fails with a NullPointerException when it stores an element of it outside the
   * heap.
   */
  public PCollection<Tally> talliesWithoutRejections() {
    return PCollectionList.of(tallies())
        .and(rejections().apply("Drop rejections", ParDo.of(new DropFn())))
        .apply("Tallies alone", Flatten.pCollections());
  }

  private static final class DropFn extends DoFn<Rejection, Tally> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement() {}
  }
}
