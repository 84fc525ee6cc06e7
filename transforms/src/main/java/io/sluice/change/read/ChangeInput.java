/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.feed.FeedFolder;
import io.sluice.change.record.ChangeSource;
import io.sluice.format.FileCompression;
import io.sluice.format.ReaderSettings;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.registry.FileFormat;
import io.sluice.source.DecompressedSize;
import io.sluice.source.InputFiles;
import io.sluice.source.InputList;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files of changes that a job reads, listed once by the submitting program.
 *
 * @param format the form of all of them
 * @param files in their order
 * @param form how their records are read
 * @param bytes approximately how many bytes they have after decompression
 * @param notes messages for people, one line each
 */
public record ChangeInput(
    ChangeFormat format, List<ChangeFile> files, ChangeForm form, long bytes, List<String> notes) {

  /**
   * Lists the files and finds out what they are.
   *
   * @param patterns names of files and folders, and globs, as {@link InputFiles#list} takes them;
   *     the folder of a feed; folders or manifests of incremental exports
   * @param names literal names of files
   * @param format the form of the changes; null if their beginning says it
   * @param readers the settings of formats
   * @param compression of the files, but for feeds and exports
   * @throws FileNotFoundException when a pattern or a name matches no file
   * @throws UnreadableFileException when the input holds no changes that are known, or some are
   *     missing; the message names the file or the folder
   * @throws IOException when it cannot be listed or read
   */
  public static ChangeInput find(
      List<String> patterns,
      List<String> names,
      @Nullable ChangeFormat format,
      ReaderSettings readers,
      FileCompression compression)
      throws IOException {
    List<FeedFolder> feeds = new ArrayList<>();
    List<String> exports = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String pattern : patterns) {
      FeedFolder feed = FeedFiles.named(pattern);
      String export = feed == null ? ExportFiles.named(pattern) : null;
      if (feed != null) {
        feeds.add(feed);
      } else if (export != null) {
        exports.add(export);
      } else {
        others.add(pattern);
      }
    }
    boolean hasOthers = !others.isEmpty() || !names.isEmpty();
    if (feeds.size() > 1 || ((hasOthers || !exports.isEmpty()) && !feeds.isEmpty())) {
      throw new UnreadableFileException(
          feeds.get(0).path(), "is a feed of changes, which is read by itself: give nothing else");
    }
    if (hasOthers && !exports.isEmpty()) {
      throw new UnreadableFileException(
          exports.get(0), "is an export, which is not read together with other files");
    }
    if (!feeds.isEmpty()) {
      check(format, ChangeFormat.FEED, feeds.get(0).path());
      return ofFeed(feeds.get(0));
    }
    if (!exports.isEmpty()) {
      check(format, ChangeFormat.INCREMENTAL_EXPORT, exports.get(0));
      return ofExports(exports, readers);
    }
    InputList list = InputFiles.list(others).and(InputFiles.named(names));
    List<MatchResult.Metadata> files = list.files();
    FeedFiles.refuseWithin(files);
    List<String> notes = list.leftOut().stream().toList();
    return ofFiles(files, notes, format, readers, compression);
  }

  private static void check(@Nullable ChangeFormat given, ChangeFormat found, String name)
      throws UnreadableFileException {
    if (given != null && given != found) {
      throw new UnreadableFileException(
          name, "has changes of the form %s, and not %s".formatted(found, given));
    }
  }

  private static ChangeInput ofFeed(FeedFolder folder) throws IOException {
    FeedFiles feed = FeedFiles.of(folder);
    return new ChangeInput(
        ChangeFormat.FEED,
        FileOrder.whole(feed.files(), feed.checks(), FileCompression.AUTO),
        new ChangeForm.Listed(ChangeForm.Records.OF_STREAM),
        DecompressedSize.of(feed.files(), FileCompression.AUTO),
        List.of());
  }

  private static ChangeInput ofExports(List<String> folders, ReaderSettings readers)
      throws IOException {
    ExportFiles exports = ExportFiles.of(folders, readers);
    ChangeForm.Records records =
        exports.isIon() ? ChangeForm.Records.OF_EXPORT_IN_ION : ChangeForm.Records.OF_EXPORT;
    return new ChangeInput(
        ChangeFormat.INCREMENTAL_EXPORT,
        FileOrder.whole(exports.files(), exports.checks(), FileCompression.AUTO),
        new ChangeForm.Listed(records),
        DecompressedSize.of(exports.files(), FileCompression.AUTO),
        exports.notes());
  }

  private static ChangeInput ofFiles(
      List<MatchResult.Metadata> files,
      List<String> notes,
      @Nullable ChangeFormat format,
      ReaderSettings readers,
      FileCompression compression)
      throws IOException {
    long bytes = DecompressedSize.of(files, compression);
    boolean mayHaveColumns = format == null || format == ChangeFormat.DMS;
    ColumnFiles columns = mayHaveColumns ? ColumnFiles.of(files, readers, compression) : null;
    if (columns != null) {
      if (columns.kind() != ChangeKind.DMS && format == null) {
        throw new UnreadableFileException(
            columns.file(),
            columns.kind() == null
                ? "holds no changes: it has no first column Op with I, U and D"
                : "holds changes that are not read: " + columns.kind().text());
      }
      return new ChangeInput(
          ChangeFormat.DMS,
          FileOrder.ofDms(files, compression),
          new ChangeForm.Rows(columns.reader(), new RowOrder(orderOf(columns))),
          bytes,
          notes);
    }
    List<ChangeFile> ordered = FileOrder.continued(files, compression);
    FirstRecord first = FirstRecord.in(files, compression);
    ChangeFormat found = foundIn(files, format, first);
    JsonFormat items = readers.get(JsonFormat.class, JsonFormat.withColumns(Map.of()));
    ChangeSource source = first == null ? ChangeSource.UNKNOWN : first.source();
    return new ChangeInput(
        found, ordered, new ChangeForm.Objects(found.kind(), source, items), bytes, notes);
  }

  private static @Nullable String orderOf(ColumnFiles columns) {
    return columns.columns().contains(DmsChanges.SEQUENCE) ? DmsChanges.SEQUENCE : null;
  }

  private static ChangeFormat foundIn(
      List<MatchResult.Metadata> files, @Nullable ChangeFormat format, @Nullable FirstRecord first)
      throws UnreadableFileException {
    if (first != null && first.kind() == ChangeKind.INCREMENTAL_EXPORT) {
      throw new UnreadableFileException(
          first.file(),
          "is a data file of an incremental export, and its manifest says which files belong"
              + " together: give the folder that has manifest-files.json");
    }
    boolean isOfObjects =
        format == ChangeFormat.STREAM
            || format == ChangeFormat.KINESIS
            || format == ChangeFormat.SIMPLE;
    if (format != null && !isOfObjects) {
      throw new UnreadableFileException(
          files.get(0).resourceId().toString(),
          switch (format) {
            case FEED -> "is no folder of a feed that a capture has made";
            case INCREMENTAL_EXPORT -> "is no folder of an export, with manifest-summary.json";
            default -> "is neither CSV nor Parquet, by its name and its beginning";
          });
    }
    if (first == null) {
      if (format == null && files.stream().anyMatch(file -> file.sizeBytes() > 0)) {
        throw new UnreadableFileException(
            files.get(0).resourceId().toString(),
            "holds no changes of a form that is known by its beginning: give --changeFormat");
      }
      return format == null ? ChangeFormat.STREAM : format;
    }
    ChangeFormat found = ChangeFormat.of(first.kind());
    check(format, found, first.file());
    return found;
  }

  /** Returns the formats in which the files are read, if options of those are of use. */
  public Set<FileFormat> formats() {
    return form instanceof ChangeForm.Rows rows
        ? Set.of(FileFormat.valueOf(rows.reader().name()))
        : format.formats();
  }

  /** Returns the names of the files. */
  public List<String> names() {
    return files.stream().map(ChangeFile::name).toList();
  }

  /**
   * Orders the changes of AWS DMS by a column: of whole or decimal numbers, or of times.
   *
   * @throws IllegalArgumentException when the changes are of another form, or their order is known
   */
  public ChangeInput orderedBy(String column) {
    if (!(form instanceof ChangeForm.Rows rows)) {
      throw new IllegalArgumentException(
          "--changeOrder goes with changes of the form DMS, and these are " + format);
    }
    ChangeForm other = new ChangeForm.Rows(rows.reader(), new RowOrder(column));
    return new ChangeInput(format, files, other, bytes, notes);
  }

  /**
   * Leaves out the changes of other tables than this, which are counted as skipped.
   *
   * @throws IllegalArgumentException when the changes name no table
   */
  public ChangeInput ofTable(String table) {
    ChangeForm other = form.ofTable(table);
    if (other == null) {
      throw new IllegalArgumentException(
          "--changesOf goes with records of streams, which name their tables, and these are "
              + format);
    }
    return new ChangeInput(format, files, other, bytes, notes);
  }
}
