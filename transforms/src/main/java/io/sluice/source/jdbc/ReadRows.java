/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.page.Buckets;
import io.sluice.report.Outcome;
import io.sluice.source.KeyFrom;
import io.sluice.source.slice.PartPages;
import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;

/**
 * Reads rows of a database as items: every row becomes an item or a rejection. Its columns are the
 * attributes; NULL is none.
 *
 * <p>The rows were found by {@link OpenRows}, which has to stay open while they are read. Each
 * slice is read in a transaction of its own, page by page, so the memory does not grow with the
 * number of rows. A retried bundle reads its slices again: the same rows, if {@link
 * RowsPlan#consistency} is {@link Consistency#SNAPSHOT}. A database that cannot be read fails the
 * bundle with a {@link DatabaseException}.
 */
public final class ReadRows extends PTransform<PBegin, Outcome> {
  private static final long serialVersionUID = 1L;

  private final RowOpener opener;
  private final Buckets buckets;
  private final int threads;

  private ReadRows(RowOpener opener, Buckets buckets, int threads) {
    this.opener = opener;
    this.buckets = buckets;
    this.threads = threads;
  }

  /** Reads the rows of a plan, as items without a key. */
  public static ReadRows of(RowsPlan plan) {
    return new ReadRows(new RowOpener(plan, KeyFrom.RECORD, null, List.of()), Buckets.ONE, 1);
  }

  /**
   * Makes and checks the primary key, so that the items can be deduplicated and written.
   *
   * @param keyFrom the source of the partition key: a column or several; a row has no bytes of
   *     which a hash could be made
   * @throws IllegalArgumentException when the key is to be a hash
   */
  public ReadRows withKey(KeySchema schema, KeyFrom keyFrom) {
    if (keyFrom.source() == KeyFrom.Source.MD5 || keyFrom.source() == KeyFrom.Source.SHA256) {
      throw new IllegalArgumentException("a row has no bytes to make a hash of");
    }
    return new ReadRows(
        new RowOpener(opener.plan(), keyFrom, schema, opener.indexKeys()), buckets, threads);
  }

  /**
   * Converts the keys of secondary indexes to the table's types where that loses nothing, and
   * checks them.
   */
  public ReadRows withIndexKeys(List<KeyAttribute> indexKeys) {
    return new ReadRows(
        new RowOpener(opener.plan(), opener.keyFrom(), opener.schema(), List.copyOf(indexKeys)),
        buckets,
        threads);
  }

  /**
   * Reads with so many threads in a single reader, in place of several readers: for a runner that
   * works with one thread.
   *
   * @param count 1 or more; 1 by default
   */
  public ReadRows withThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", must be 1 or more");
    }
    return new ReadRows(opener, buckets, count);
  }

  /**
   * Spreads the items over the pages of these buckets; one bucket by default. Buckets by key need
   * {@link #withKey}.
   */
  public ReadRows intoBuckets(Buckets other) {
    return new ReadRows(opener, other, threads);
  }

  @Override
  public Outcome expand(PBegin begin) {
    if (buckets.by() == Buckets.By.KEY && opener.schema() == null) {
      throw new IllegalArgumentException("buckets by key need withKey");
    }
    return begin
        .apply("Read rows", Read.from(new RowSource(opener, buckets, threads)))
        .apply("Part items and rejections", PartPages.create());
  }
}
