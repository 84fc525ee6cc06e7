/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.datapipeline.DataPipelineManifest;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.source.DecompressedSize;
import io.sluice.source.DeleteFiles;
import io.sluice.source.FormatDetector;
import io.sluice.source.InputFiles;
import io.sluice.source.InputList;
import io.sluice.source.InputNames;
import io.sluice.source.ReadItems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files that a job reads, found once by the submitting program.
 *
 * @param patterns what they match: the input as it was given, but for manifests, exports and lists
 * @param files the files
 * @param format what they are read as
 * @param exported the exports among the input, whose files are among the files
 * @param bytes about how many bytes they have once they are decompressed
 * @param plan how they are compressed, and what their paths say
 */
public record InputListing(
    List<String> patterns,
    List<MatchResult.Metadata> files,
    Format format,
    ExportedFiles exported,
    long bytes,
    InputSettings plan) {

  /**
   * Lists the input, says what is left out, and looks at its beginning where that decides the
   * format.
   *
   * @throws JobException when it cannot be listed, a pattern matches nothing, or the format is
   *     unclear
   * @throws UsageException when an option does not go with the format that was found
   */
  public static InputListing of(InputSettings plan, Console console) {
    try {
      List<String> patterns = plan.input();
      List<String> notes = List.of();
      SourceOptions.InputFormat kind = plan.kind();
      if (kind == SourceOptions.InputFormat.AUTO
          || kind == SourceOptions.InputFormat.DATA_PIPELINE) {
        DataPipelineManifest.Expanded expanded =
            DataPipelineManifest.expand(patterns, plan.manifestElsewhere());
        patterns = expanded.files();
        notes = expanded.notes();
      }
      boolean backup = !patterns.equals(plan.input());
      ExportedFiles exported = ExportedFiles.NONE;
      if (kind == SourceOptions.InputFormat.AUTO
          || kind == SourceOptions.InputFormat.DYNAMODB_JSON) {
        exported = ExportedFiles.of(patterns);
        patterns = exported.otherPatterns();
      }
      List<String> names = names(plan.inputList());
      InputList list = InputFiles.list(patterns).and(InputFiles.named(names));
      List<String> named = Stream.concat(patterns.stream(), names.stream()).toList();
      if (kind == SourceOptions.InputFormat.AUTO) {
        kind =
            exported.kindWith(
                backup
                    ? SourceOptions.InputFormat.DATA_PIPELINE
                    : detect(list.files(), plan.compression()));
        if (kind == null) {
          // Only empty files: nothing is read of them, whatever they are, and any option goes.
          kind = SourceOptions.InputFormat.TEXT;
        } else {
          plan.checkFormat(kind);
        }
      }
      Format format = plan.formats().of(kind);
      List<MatchResult.Metadata> files = exported.filesWith(list.files(format));
      list.leftOut().ifPresent(console::tell);
      if (format instanceof CsvFormat csv && !plan.delimiterGiven()) {
        format = withDelimiterOf(files, csv);
      }
      checkNotOverwritten(files, plan.outputs().report());
      FirstLook.at(files, format, plan.compression(), console);
      notes.forEach(console::tell);
      if (kind != SourceOptions.InputFormat.REJECTS) {
        Partitions.check(files, plan.pathColumns(), console);
      }
      long bytes = DecompressedSize.of(files, plan.compression());
      return new InputListing(named, files, format, exported, bytes, plan);
    } catch (FileNotFoundException e) {
      throw new JobException(
          (plan.input().isEmpty() ? "--inputList: " : "--input: ") + e.getMessage(), e);
    } catch (UnreadableFileException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    } catch (JobException | UsageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobException(given(plan) + " cannot be listed: " + UserMessages.oneLine(e), e);
    }
  }

  /** Reads the files that were listed, and none that arrives later. */
  public ReadItems read() {
    return ReadItems.ofFiles(files, format)
        .withChecks(exported.checks())
        .withCompression(plan.compression())
        .withPathColumns(plan.pathColumns());
  }

  private static List<String> names(@Nullable String listFile) throws IOException {
    return listFile == null ? List.of() : InputNames.read(listFile);
  }

  private static String given(InputSettings plan) {
    return plan.input().isEmpty()
        ? "--inputList=" + plan.inputList()
        : "--input=" + String.join(",", plan.input());
  }

  /**
   * @throws JobException when a file cannot be deleted because of its name, or is not to be because
   *     a link leads to it that nobody named
   */
  public void checkDeletable() {
    List<String> named = new ArrayList<>(patterns);
    exported.exports().forEach(export -> named.add(export.folder()));
    for (MatchResult.Metadata file : files) {
      if (!DeleteFiles.isDeletable(file)) {
        throw new JobException(
            "--onSuccess=DELETE cannot delete "
                + file.resourceId()
                + ", whose name has a wildcard character");
      }
      DeleteFiles.linkTo(file, named)
          .ifPresent(
              link -> {
                throw new JobException(
                    "--onSuccess=DELETE does not delete %s, which is behind the symbolic link %s"
                        .formatted(file.resourceId(), link));
              });
    }
  }

  private static CsvFormat withDelimiterOf(List<MatchResult.Metadata> files, CsvFormat csv) {
    long tabbed = files.stream().filter(file -> extension(file).equals("tsv")).count();
    if (tabbed > 0 && tabbed < files.size()) {
      throw new JobException(
          "some files end in .tsv and others do not: import them one after the other, or give"
              + " --csvDelimiter");
    }
    return tabbed == 0 ? csv : csv.withDelimiter("\t");
  }

  private static void checkNotOverwritten(
      List<MatchResult.Metadata> files, @Nullable String report) {
    if (report != null) {
      String written = FileSystems.matchNewResource(report, false).toString();
      if (files.stream().anyMatch(file -> file.resourceId().toString().equals(written))) {
        throw new JobException("--report=" + report + " would replace a file of the input");
      }
    }
  }

  /**
   * The format of the first file of each extension that has anything in it; all must agree. Null
   * when none has.
   */
  private static SourceOptions.@Nullable InputFormat detect(
      List<MatchResult.Metadata> files, FileCompression compression) throws IOException {
    SourceOptions.InputFormat found = null;
    String foundIn = null;
    Set<String> extensions = new HashSet<>();
    for (MatchResult.Metadata file : files) {
      if (extensions.contains(extension(file))) {
        continue;
      }
      SourceOptions.InputFormat kind = detect(file, compression);
      if (kind != null) {
        extensions.add(extension(file));
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
      }
    }
    return found;
  }

  /** Behind the last dot of a file's name, that of a compression left out. */
  private static String extension(MatchResult.Metadata file) {
    String name = String.valueOf(file.resourceId().getFilename()).toLowerCase(Locale.ROOT);
    name = name.replaceAll("\\.(gz|bz2|zst)$", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static SourceOptions.@Nullable InputFormat detect(
      MatchResult.Metadata file, FileCompression compression) throws IOException {
    String name = file.resourceId().toString();
    FormatDetector.Detection detection =
        FormatDetector.detect(name, InputFiles.head(file, compression));
    if (detection instanceof FormatDetector.Unclear unclear) {
      throw new JobException(unclear.reason() + "; " + unclear.remedy());
    }
    if (detection instanceof FormatDetector.Refused refused) {
      throw new JobException(refused.reason());
    }
    return detection instanceof FormatDetector.Found kind
        ? SourceOptions.InputFormat.valueOf(kind.kind().name())
        : null;
  }
}
