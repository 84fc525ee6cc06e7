/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.file.DataPipelineManifest;
import io.sluice.file.Format;
import io.sluice.file.FormatDetector;
import io.sluice.file.InputFiles;
import io.sluice.file.UnreadableFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files that a job reads, found by the submitting program.
 *
 * @param patterns what they match: the input as it was given, but for manifests
 * @param files the files
 * @param format what they are read as
 */
record Input(List<String> patterns, List<MatchResult.Metadata> files, Format format) {

  /**
   * Lists the input, and looks at its beginning where that decides the format.
   *
   * @throws JobException when it cannot be listed, a pattern matches nothing, or the format is
   *     unclear
   */
  static Input of(SourcePlan plan) {
    try {
      List<String> patterns = plan.input();
      SourceOptions.InputFormat kind = plan.kind();
      if (kind == SourceOptions.InputFormat.AUTO
          || kind == SourceOptions.InputFormat.DATA_PIPELINE) {
        patterns = DataPipelineManifest.expand(patterns);
      }
      if (kind == SourceOptions.InputFormat.AUTO) {
        kind =
            patterns.equals(plan.input())
                ? detect(patterns)
                : SourceOptions.InputFormat.DATA_PIPELINE;
      }
      Format format = plan.formats().of(kind);
      return new Input(patterns, InputFiles.match(patterns, format), format);
    } catch (FileNotFoundException e) {
      throw new JobException("--input: " + e.getMessage(), e);
    } catch (UnreadableFileException e) {
      throw new JobException(e.getMessage(), e);
    } catch (JobException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--input=" + String.join(",", plan.input()) + " cannot be listed: " + Causes.oneLine(e),
          e);
    }
  }

  /** The format of the first file of each pattern that has anything in it. */
  private static SourceOptions.InputFormat detect(List<String> patterns) throws IOException {
    SourceOptions.InputFormat found = null;
    String foundIn = null;
    for (String pattern : patterns) {
      for (MatchResult.Metadata file : InputFiles.match(List.of(pattern))) {
        SourceOptions.InputFormat kind = detect(file);
        if (kind != null) {
          String name = file.resourceId().toString();
          if (found != null && found != kind) {
            throw new JobException(
                foundIn
                    + " is "
                    + found
                    + " and "
                    + name
                    + " is "
                    + kind
                    + ": import them one after the other, or give --format");
          }
          found = kind;
          foundIn = name;
          break;
        }
      }
    }
    // Only empty files: nothing is read of them, whatever they are.
    return found == null ? SourceOptions.InputFormat.TEXT : found;
  }

  private static SourceOptions.@Nullable InputFormat detect(MatchResult.Metadata file)
      throws IOException {
    String name = file.resourceId().toString();
    FormatDetector.Detection detection = FormatDetector.detect(name, InputFiles.head(file));
    if (detection instanceof FormatDetector.Unclear unclear) {
      throw new JobException(unclear.reason() + "; give --format");
    }
    return detection instanceof FormatDetector.Found kind
        ? SourceOptions.InputFormat.valueOf(kind.kind().name())
        : null;
  }
}
