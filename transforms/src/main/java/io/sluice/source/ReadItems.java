/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.ContentCheck;
import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.page.Buckets;
import io.sluice.report.Outcome;
import io.sluice.source.slice.PartPages;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;

/**
 * Reads files as items: every record becomes an item or a rejection, or is counted as skipped.
 * Files may be in any file system that Beam knows, compressed with gzip, bzip2 or zstd.
 *
 * <p>Large files are read by several readers at once if the format allows it (see {@link
 * Format#splittable}); compressed files never are. A file that cannot be read, or whose compressed
 * data is truncated, fails the bundle. A retried bundle reads the same records again: only the
 * counts of the successful attempt remain.
 */
public final class ReadItems extends PTransform<PBegin, Outcome> {
  private static final long serialVersionUID = 1L;

  private final FileSelection selection;
  private final SliceReader.Recipe recipe;
  private final Buckets buckets;
  private final long minSplitBytes;
  private final int threads;

  private ReadItems(
      FileSelection selection,
      SliceReader.Recipe recipe,
      Buckets buckets,
      long minSplitBytes,
      int threads) {
    this.selection = selection;
    this.recipe = recipe;
    this.buckets = buckets;
    this.minSplitBytes = minSplitBytes;
    this.threads = threads;
  }

  /** Reads the files that match the patterns, each once; see {@link InputFiles#match}. */
  public static ReadItems from(List<String> patterns, Format format) {
    return new ReadItems(
        FileSelection.matching(patterns),
        new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of()),
        Buckets.ONE,
        ItemSource.MIN_SPLIT_BYTES,
        1);
  }

  /** Reads exactly these files, and none that arrive later. */
  public static ReadItems ofFiles(List<MatchResult.Metadata> files, Format format) {
    return new ReadItems(
        FileSelection.of(files),
        new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of()),
        Buckets.ONE,
        ItemSource.MIN_SPLIT_BYTES,
        1);
  }

  /**
   * Also fails when a file does not match what a manifest says about it.
   *
   * @param checks by file name, as the file system has it; those files are read whole
   */
  public ReadItems withChecks(Map<String, ContentCheck> checks) {
    return new ReadItems(selection.withChecks(checks), recipe, buckets, minSplitBytes, threads);
  }

  /**
   * Converts the keys of secondary indexes to the table's types, if the format has no types of its
   * own, and checks them: an item need not have them, but DynamoDB refuses a key of another type.
   */
  public ReadItems withIndexKeys(List<KeyAttribute> indexKeys) {
    return with(recipe.withIndexKeys(indexKeys));
  }

  /**
   * Makes and checks the primary key, so that the items can be deduplicated and written.
   *
   * @param keyFrom the source of the partition key; the sort key is always the record's own
   */
  public ReadItems withKey(KeySchema schema, KeyFrom keyFrom) {
    return with(recipe.withKey(schema, keyFrom));
  }

  /** Sets the compression of the files; {@link FileCompression#AUTO} by default. */
  public ReadItems withCompression(FileCompression compression) {
    return with(recipe.withCompression(compression));
  }

  /** Adds attributes from the names of each file's folders, such as {@code dt=2024-01-31}. */
  public ReadItems withPathColumns(PathColumns columns) {
    return with(recipe.withPathColumns(columns));
  }

  /**
   * Spreads the items over the pages of these buckets; one bucket by default. Buckets by key need
   * {@link #withKey}.
   */
  public ReadItems intoBuckets(Buckets other) {
    return new ReadItems(selection, recipe, other, minSplitBytes, threads);
  }

  private ReadItems with(SliceReader.Recipe other) {
    return new ReadItems(selection, other, buckets, minSplitBytes, threads);
  }

  /** Sets the meaning of a first column named Op. */
  public ReadItems withOpColumn(OpColumn opColumn) {
    return with(recipe.withOpColumn(opColumn));
  }

  /**
   * Reads with so many threads in a single reader, in place of several readers: for a runner that
   * works with one thread.
   *
   * @param count 1 or more; 1 by default, which leaves it to the runner how many readers there are
   */
  public ReadItems withThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", must be 1 or more");
    }
    return new ReadItems(selection, recipe, buckets, minSplitBytes, count);
  }

  /** Sets the minimum size of a split in bytes, 1 MiB by default; for tests with small files. */
  ReadItems withMinSplitBytes(long bytes) {
    return new ReadItems(selection, recipe, buckets, bytes, threads);
  }

  @Override
  public Outcome expand(PBegin begin) {
    if (buckets.by() == Buckets.By.KEY && recipe.schema() == null) {
      throw new IllegalArgumentException("buckets by key need withKey");
    }
    ItemSource source = ItemSource.of(selection, recipe, buckets, minSplitBytes);
    return begin
        .apply("Read files", Read.from(source.withThreads(threads)))
        .apply("Part items and rejections", PartPages.create());
  }
}
