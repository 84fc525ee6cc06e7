/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.report.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Deletes files when the tally of the whole job says that all of them is written: its counts add up
 * and it has no more rejections than allowed. Deleting again what is gone does nothing, so a retry
 * is safe; a file that cannot be deleted fails the bundle.
 */
public final class DeleteFiles extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> files;
  private final long maxRejects;

  private DeleteFiles(List<String> files, long maxRejects) {
    this.files = new ArrayList<>(files);
    this.maxRejects = maxRejects;
  }

  /** Deletes files of these names, if nothing was rejected. */
  public static DeleteFiles of(List<String> files) {
    return new DeleteFiles(files, 0);
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
    private final ArrayList<String> files;
    private final long maxRejects;

    DeleteFn(ArrayList<String> files, long maxRejects) {
      this.files = files;
      this.maxRejects = maxRejects;
    }

    @ProcessElement
    public void processElement(@Element Tally whole) throws IOException {
      if (whole.addsUp() && whole.rejected() <= maxRejects) {
        List<ResourceId> resources =
            files.stream().map(f -> FileSystems.matchNewResource(f, false)).toList();
        FileSystems.delete(resources, StandardMoveOptions.IGNORE_MISSING_FILES);
      }
    }
  }
}
