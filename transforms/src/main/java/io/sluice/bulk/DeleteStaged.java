/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.report.Tally;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Deletes the folder of a load when the tally of the whole job shows that its counts add up and
 * there are no more rejections than allowed. Otherwise the folder stays: the same job then reports
 * the same rejections again, and loads nothing a second time.
 */
public final class DeleteStaged extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final long maxRejects;

  private DeleteStaged(String folder, long maxRejects) {
    this.folder = folder;
    this.maxRejects = maxRejects;
  }

  /**
   * Deletes a folder.
   *
   * @param maxRejects how many rejections are allowed, 0 or more
   */
  public static DeleteStaged in(String folder, long maxRejects) {
    return new DeleteStaged(folder, maxRejects);
  }

  @Override
  public PDone expand(PCollection<Tally> whole) {
    whole.apply("Delete", ParDo.of(new DeleteFn(folder, maxRejects)));
    return PDone.in(whole.getPipeline());
  }

  private static final class DeleteFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;
    private final String folder;
    private final long maxRejects;

    DeleteFn(String folder, long maxRejects) {
      this.folder = folder;
      this.maxRejects = maxRejects;
    }

    @ProcessElement
    public void processElement(@Element Tally whole) throws IOException {
      if (whole.addsUp() && whole.rejected() <= maxRejects) {
        StagedRun.in(folder).delete();
      }
    }
  }
}
