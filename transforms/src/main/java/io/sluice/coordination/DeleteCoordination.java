/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the folder of a job in which its JVMs coordinated, once for each element, and passes that
 * on: at the end of the pipeline there is one. A failure is logged, and fails nothing.
 *
 * @param <T> elements, which say that the job is done
 */
public final class DeleteCoordination<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DeleteCoordination.class);

  private final String folder;

  private DeleteCoordination(String folder) {
    this.folder = folder;
  }

  /** Returns a step that deletes the folder with this {@link JobFolder#name}. */
  public static <T> DeleteCoordination<T> of(String folder) {
    return new DeleteCoordination<>(folder);
  }

  @Override
  public PCollection<T> expand(PCollection<T> end) {
    return end.apply("Delete", ParDo.of(new DeleteFn<T>(folder))).setCoder(end.getCoder());
  }

  private static final class DeleteFn<T> extends DoFn<T, T> {
    private static final long serialVersionUID = 1L;
    private final String folder;

    DeleteFn(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(@Element T end, OutputReceiver<T> out) {
      try {
        JobFolder.deleteAllIn(folder);
      } catch (IOException e) {
        LOG.warn("{} could not be deleted: the next job does that in a day", folder, e);
      }
      out.output(end);
    }
  }
}
