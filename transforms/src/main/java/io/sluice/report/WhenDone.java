/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Does something at the end of a job, such as deleting what it has read, if all of its work was
 * done: each record is accounted for, none was left, withheld or spared, and no more were rejected
 * than allowed. Its input is the tally of the whole job, when that is reported. It is done at least
 * once: a worker may be repeated.
 */
public final class WhenDone extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  private final long maxRejects;
  private final Action action;

  /** What is done. */
  @FunctionalInterface
  public interface Action extends Serializable {
    /** Does it; must be harmless when it is done already. */
    void run() throws IOException;
  }

  private WhenDone(long maxRejects, Action action) {
    this.maxRejects = maxRejects;
    this.action = action;
  }

  /**
   * Returns a last step.
   *
   * @param maxRejects how many rejections are allowed, 0 or more
   */
  public static WhenDone within(long maxRejects, Action action) {
    return new WhenDone(maxRejects, action);
  }

  @Override
  public PDone expand(PCollection<Tally> whole) {
    whole.apply("When all is done", ParDo.of(new ActFn(maxRejects, action)));
    return PDone.in(whole.getPipeline());
  }

  private static final class ActFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;
    private final long maxRejects;
    private final Action action;

    ActFn(long maxRejects, Action action) {
      this.maxRejects = maxRejects;
      this.action = action;
    }

    @ProcessElement
    public void processElement(@Element Tally whole) throws IOException {
      boolean isDone =
          whole.addsUp()
              && whole.count(Count.LEFT) == 0
              && whole.count(Count.WITHHELD) == 0
              && whole.count(Count.SPARED) == 0;
      if (isDone && whole.rejected() <= maxRejects) {
        action.run();
      }
    }
  }
}
