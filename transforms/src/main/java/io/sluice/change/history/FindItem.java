/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.history;

import io.sluice.format.ContentCheck;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.source.KeyFrom;
import io.sluice.source.SliceReader;
import io.sluice.source.slice.ReadRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the item of one key in files that have each key once, without a pipeline: reads several
 * files at a time, and none any further once it is found. Files that are read to their end are held
 * against what a manifest says of them.
 */
public final class FindItem {
  private final List<FileSlice> files;
  private final SliceReader.Recipe recipe;

  private FindItem(List<FileSlice> files, SliceReader.Recipe recipe) {
    this.files = files;
    this.recipe = recipe;
  }

  /**
   * Prepares the search.
   *
   * @param checks what a manifest says of the files, by name
   * @param schema the primary key
   */
  public static FindItem in(
      List<MatchResult.Metadata> files,
      Map<String, ContentCheck> checks,
      Format format,
      KeySchema schema) {
    List<FileSlice> slices =
        files.stream()
            .map(
                file ->
                    FileSlice.whole(file.resourceId(), file.sizeBytes())
                        .checkedBy(checks.get(file.resourceId().toString())))
            .toList();
    return new FindItem(
        slices,
        new SliceReader.Recipe(
            format.withKeys(schema.attributes()), KeyFrom.RECORD, schema, List.of()));
  }

  /**
   * Finds the item; empty when no file has it.
   *
   * @param threads how many files are read at a time, 1 or more
   * @throws IOException when a file cannot be read, has a record that is no item, or is not as the
   *     manifest says
   */
  public Optional<SourcedItem> find(ItemKey key, int threads) throws IOException {
    AtomicReference<@Nullable SourcedItem> found = new AtomicReference<>();
    ExecutorService readers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (FileSlice slice : files) {
        all.add(
            readers.submit(
                () -> {
                  search(slice, key, found);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return Optional.ofNullable(found.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading files", e);
    } finally {
      readers.shutdownNow();
    }
  }

  private void search(FileSlice slice, ItemKey key, AtomicReference<@Nullable SourcedItem> found)
      throws IOException {
    if (found.get() != null) {
      return;
    }
    try (SliceReader records = SliceReader.open(recipe, slice)) {
      for (ReadRecord read = records.next();
          read != null && found.get() == null;
          read = records.next()) {
        if (read.rejection() != null) {
          throw new UnreadableFileException(
              slice.file().toString(),
              "holds a record at %d that is no item of the table: %s"
                  .formatted(read.rejection().origin().offset(), read.rejection().message()));
        }
        if (key.equals(read.key())) {
          found.set(read.item());
        }
      }
    }
  }
}
