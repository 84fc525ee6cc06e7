/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.json.ChangeRecords;
import io.sluice.format.registry.FileFormat;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files that a job reads, listed once by the submitting program.
 *
 * @param patterns the patterns that they match: the input as given, except for manifests, exports
 *     and lists
 * @param files the files
 * @param format the format in which they are read
 * @param manifested what manifests in the input say; the files that they list are among the files
 * @param bytes approximately how many bytes they have after decompression
 * @param plan their compression, and the columns in their paths
 */
public record InputListing(
    List<String> patterns,
    List<MatchResult.Metadata> files,
    Format format,
    ManifestedFiles manifested,
    long bytes,
    InputSettings plan)
    implements ItemInput {

  /**
   * Lists the input, reports what is left out, and reads its beginning if that decides the format.
   *
   * @throws JobException when it cannot be listed, a pattern matches nothing, or the format is
   *     unclear
   * @throws UsageException when an option is not valid for the format that was found
   */
  public static InputListing of(InputSettings plan, Console console) {
    return of(
        plan,
        console,
        new Use() {
          @Override
          public void lookAt(List<MatchResult.Metadata> files, Format format, FileFormat kind)
              throws IOException {
            FirstLook.at(files, format, plan.compression(), console);
            if (kind.definition().hasPathColumns()) {
              Partitions.check(files, plan.pathColumns(), console);
            }
          }
        });
  }

  /**
   * Lists the input of a job that makes no items of it, as {@link #of} does. Change records are
   * JSON like any other.
   */
  public static InputListing ofEvents(InputSettings plan, Console console) {
    return of(plan, console, new Events(null));
  }

  /** Lists exactly these files, as {@link #ofEvents(InputSettings, Console)} does. */
  public static InputListing ofEvents(
      InputSettings plan, List<MatchResult.Metadata> files, Console console) {
    return of(plan, console, new Events(InputList.ofExactly(files)));
  }

  private record Events(@Nullable InputList chosen) implements Use {
    @Override
    public @Nullable FileFormat formatOf(byte[] changes) {
      return ChangeRecords.inJson(changes) == null ? null : FileFormat.JSON;
    }
  }

  /** What becomes of the files. */
  private interface Use {

    /** Returns the files; null for those of the options. */
    default @Nullable InputList chosen() {
      return null;
    }

    /** Prints what is odd about them. */
    default void lookAt(List<MatchResult.Metadata> files, Format format, FileFormat kind)
        throws IOException {
      // There is nothing to say.
    }

    /** Returns the format of a file that has no items, by its beginning; null to refuse it. */
    default @Nullable FileFormat formatOf(byte[] changes) {
      return null;
    }
  }

  private static InputListing of(InputSettings plan, Console console, Use use) {
    try {
      ManifestedFiles manifested = ManifestedFiles.of(plan);
      List<String> names = names(plan.inputList());
      InputList chosen = use.chosen();
      InputList list =
          chosen == null
              ? InputFiles.list(manifested.patterns()).and(InputFiles.named(names))
              : chosen;
      FileFormat found = plan.format();
      if (found == null) {
        found = manifested.formatWith(detect(list.files(), plan.compression(), use));
        if (found != null) {
          plan.checkFormat(found);
        }
      } else {
        manifested.checkFormat(found);
      }
      // If all files are empty, nothing is read from them, whatever they are, and any option is
      // valid.
      FileFormat kind = found == null ? FileFormat.TEXT : found;
      Format reader = kind.reader(plan.readers());
      List<MatchResult.Metadata> files = manifested.filesWith(list.files(reader));
      list.leftOut().ifPresent(console::tell);
      Format format = readerFor(files, kind, reader, plan);
      plan.outputs().checkKept(files.stream().map(file -> file.resourceId().toString()).toList());
      use.lookAt(files, format, kind);
      manifested.notes().forEach(console::tell);
      long bytes = DecompressedSize.of(files, plan.compression());
      List<String> named = Stream.concat(manifested.patterns().stream(), names.stream()).toList();
      return new InputListing(named, files, format, manifested, bytes, plan);
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

  @Override
  public boolean isCompressed() {
    return bytes != files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of("format", format.name());
  }

  @Override
  public List<String> places() {
    return Stream.concat(
            files.stream().map(file -> file.resourceId().toString()), manifested.folders().stream())
        .toList();
  }

  /** Reads exactly the files that were listed, and none that arrive later. */
  @Override
  public ReadItems read(Reading how) {
    return ReadItems.ofFiles(files, format)
        .withChecks(manifested.checks())
        .withCompression(plan.compression())
        .withPathColumns(plan.pathColumns())
        .withKey(how.key(), how.keyFrom())
        .withIndexKeys(how.indexKeys())
        .withOpColumn(plan.opColumn())
        .withThreads(how.threads())
        .intoBuckets(how.buckets());
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
   * Checks that the files may be deleted.
   *
   * @throws JobException when a file cannot be deleted because of its name, or must not be because
   *     a link that nobody named leads to it
   */
  @Override
  public void checkDeletable() {
    List<String> named = new ArrayList<>(patterns);
    named.addAll(manifested.folders());
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

  private static Format readerFor(
      List<MatchResult.Metadata> files, FileFormat kind, Format reader, InputSettings plan) {
    try {
      List<String> names = files.stream().map(file -> file.resourceId().toString()).toList();
      return kind.definition().readerFor(names, reader, plan.readers());
    } catch (IllegalArgumentException e) {
      throw new JobException(e.getMessage(), e);
    }
  }

  /**
   * Detects the format by the first non-empty file of each extension; all must agree. Null when all
   * files are empty.
   */
  private static @Nullable FileFormat detect(
      List<MatchResult.Metadata> files, FileCompression compression, Use use) throws IOException {
    FileFormat found = null;
    String foundIn = null;
    Set<String> extensions = new HashSet<>();
    for (MatchResult.Metadata file : files) {
      if (extensions.contains(extension(file))) {
        continue;
      }
      FileFormat kind = detect(file, compression, use);
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

  /** Returns the extension of a file's name, without that of a compression. */
  private static String extension(MatchResult.Metadata file) {
    String filename = String.valueOf(file.resourceId().getFilename());
    String name = FileCompression.withoutExtension(filename);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static @Nullable FileFormat detect(
      MatchResult.Metadata file, FileCompression compression, Use use) throws IOException {
    String name = file.resourceId().toString();
    byte[] head = InputFiles.head(file, compression);
    FormatDetector.Detection detection = FormatDetector.detect(name, head);
    if (detection instanceof FormatDetector.Unclear unclear) {
      throw new JobException(unclear.reason() + "; " + unclear.remedy());
    }
    if (detection instanceof FormatDetector.Refused refused) {
      FileFormat format = use.formatOf(head);
      if (format == null) {
        throw new JobException(refused.reason());
      }
      return format;
    }
    return detection instanceof FormatDetector.Found found ? found.format() : null;
  }
}
