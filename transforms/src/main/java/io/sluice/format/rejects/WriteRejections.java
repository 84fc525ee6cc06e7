/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import static org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES;

import io.sluice.failure.Rejection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes rejections as JSON lines, one file per bundle: {@code stage, reason, message, file,
 * offset, format}, and the record itself as {@code record} (text) or {@code recordBase64} (bytes
 * that are not UTF-8).
 *
 * <p>The columns of a CSV file can be many times longer than a record, so each file has them once,
 * in a line {@code columnsId, format, columns} before the first record that refers to it by {@code
 * columnsId}.
 *
 * <p>Without rejections there is no file. A retried bundle writes its files once: Beam renames them
 * when all are complete.
 */
public final class WriteRejections extends PTransform<PCollection<Rejection>, PCollection<Void>> {
  private static final long serialVersionUID = 1L;

  private final String folder;

  private WriteRejections(String folder) {
    this.folder = folder;
  }

  /**
   * Writes into a folder of any Beam file system. Files of an earlier run with the same names are
   * replaced, others stay: give each run its own folder.
   */
  public static WriteRejections to(String folder) {
    return new WriteRejections(folder.endsWith("/") ? folder : folder + "/");
  }

  /**
   * Returns an empty collection, which is done when everything is written: something to wait for.
   *
   * <p>{@code withIgnoreWindowing} is deprecated, but it makes a single worker name all files.
   * Without it Beam 2.70 gathers their names by a Reshuffle with one key, which Spark spreads over
   * workers: each of them counts from zero and moves its files over those of the others (see {@code
   * findings/beam-spark-fileio-overwrites.sh}). It would also leave an empty folder {@code
   * .temp-beam} behind.
   */
  @Override
  @SuppressWarnings("deprecation")
  public PCollection<Void> expand(PCollection<Rejection> rejections) {
    return rejections
        .apply(
            "Write files",
            FileIO.<Rejection>write()
                .via(new LinesSink())
                .withIgnoreWindowing()
                .to(folder)
                .withPrefix("rejects")
                .withSuffix(".jsonl"))
        .getPerDestinationOutputFilenames()
        .apply("File names", Values.create())
        .apply("Drop empty files", ParDo.of(new DropEmptyFn()));
  }

  /** Writes the lines of one file. */
  private static final class LinesSink implements FileIO.Sink<Rejection> {
    private static final long serialVersionUID = 1L;
    private transient @Nullable Writer out;
    private transient @Nullable RejectionLines lines;

    @Override
    public void open(WritableByteChannel channel) {
      out =
          new BufferedWriter(
              new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
      lines = new RejectionLines();
    }

    @Override
    public void write(Rejection rejection) throws IOException {
      out.write(lines.of(rejection));
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  /** Deletes the empty file that a write without elements leaves. */
  private static final class DropEmptyFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element String file) throws IOException {
      // A retry finds it already deleted.
      MatchResult found = FileSystems.match(file, EmptyMatchTreatment.ALLOW);
      for (MatchResult.Metadata written : found.metadata()) {
        if (written.sizeBytes() == 0) {
          FileSystems.delete(List.of(written.resourceId()), IGNORE_MISSING_FILES);
        }
      }
    }
  }
}
