/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.report.Count;
import io.sluice.report.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Deletes files when the tally of the whole job says that all of them is written: its counts add up
 * and it has no more rejections than allowed. A file that has changed since it was listed, by its
 * size or time, fails the bundle before any is deleted; between that look and the deletion a change
 * goes unseen. Deleting again what is gone does nothing, so a retry is safe.
 *
 * <p>A file system takes wildcards in a file's name for such: files with them are refused.
 */
public final class DeleteFiles extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  private final List<MatchResult.Metadata> files;
  private final long maxRejects;

  private DeleteFiles(List<MatchResult.Metadata> files, long maxRejects) {
    this.files = List.copyOf(files);
    this.maxRejects = maxRejects;
  }

  /**
   * Deletes these files, as they were listed, if nothing was rejected.
   *
   * @throws IllegalArgumentException when {@link #isDeletable} is false of one
   */
  public static DeleteFiles of(List<MatchResult.Metadata> files) {
    for (MatchResult.Metadata file : files) {
      if (!isDeletable(file)) {
        throw new IllegalArgumentException(file.resourceId() + " has a wildcard in its name");
      }
    }
    return new DeleteFiles(files, 0);
  }

  /** Whether the file's name is free of wildcards. */
  public static boolean isDeletable(MatchResult.Metadata file) {
    return !InputFiles.hasWildcard(file.resourceId().toString());
  }

  /** Deletes unless there are more rejections than this; 0 or more. */
  public DeleteFiles unlessRejectedOver(long maxRejects) {
    return new DeleteFiles(files, maxRejects);
  }

  @Override
  public PDone expand(PCollection<Tally> whole) {
    whole.apply("Delete", ParDo.of(new DeleteFn(files, maxRejects)));
    return PDone.in(whole.getPipeline());
  }

  private static final class DeleteFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;
    private final List<MatchResult.Metadata> files;
    private final long maxRejects;

    DeleteFn(List<MatchResult.Metadata> files, long maxRejects) {
      this.files = files;
      this.maxRejects = maxRejects;
    }

    @ProcessElement
    public void processElement(@Element Tally whole) throws IOException {
      boolean allWritten = whole.addsUp() && whole.count(Count.LEFT) == 0;
      if (!allWritten || whole.rejected() > maxRejects) {
        return;
      }
      List<ResourceId> there = new ArrayList<>();
      for (MatchResult.Metadata read : files) {
        for (MatchResult.Metadata now :
            FileSystems.match(read.resourceId().toString(), EmptyMatchTreatment.ALLOW).metadata()) {
          if (now.sizeBytes() != read.sizeBytes()
              || now.lastModifiedMillis() != read.lastModifiedMillis()) {
            throw new IOException(
                read.resourceId() + " has changed since it was read: no input is deleted");
          }
          there.add(now.resourceId());
        }
      }
      FileSystems.delete(there);
    }
  }
}
