/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.source.KeyFrom;
import io.sluice.source.KeyedRecords;
import io.sluice.source.slice.ReadRecord;
import io.sluice.source.slice.SliceOpener;
import io.sluice.source.slice.SliceRecords;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Opens slices of rows, each with a connection and a transaction of its own.
 *
 * @param plan what is read
 * @param keyFrom the source of the partition key
 * @param schema the table's key; null when items are not checked against one
 * @param indexKeys the keys of the table's indexes, which items may have
 */
record RowOpener(
    RowsPlan plan, KeyFrom keyFrom, @Nullable KeySchema schema, List<KeyAttribute> indexKeys)
    implements SliceOpener<RowSlice> {

  /** Returns the same for some of the slices. */
  RowOpener of(List<RowSlice> some) {
    return new RowOpener(plan.of(some), keyFrom, schema, indexKeys);
  }

  @Override
  public SliceRecords open(RowSlice slice) throws IOException {
    DatabaseUrl url = plan.database().url();
    Connection connection = plan.database().connect();
    try {
      Dialect dialect = plan.database().dialect();
      dialect.begin(connection);
      if (plan.snapshot() != null) {
        enter(connection, dialect, plan.snapshot());
      }
      dialect.settle(connection);
      List<KeyAttribute> keys = keys();
      RowReader rows =
          new RowReader(
              url,
              "%s, slice %d".formatted(plan.title(), slice.number()),
              connection,
              plan.columns(),
              dialect.read(connection, plan.sql(), plan.columns(), plan.json(), slice, keys),
              keys);
      return new Guarded(url, KeyedRecords.of(rows, keyFrom, schema, indexKeys));
    } catch (SQLException e) {
      Database.end(connection);
      throw DatabaseException.of(url, e);
    } catch (IOException | RuntimeException e) {
      Database.end(connection);
      throw e;
    }
  }

  /** Wraps an Error, which a runner might drop, and names the database. */
  private record Guarded(DatabaseUrl url, SliceRecords records) implements SliceRecords {
    @Override
    public @Nullable ReadRecord next() throws IOException {
      try {
        return records.next();
      } catch (Error e) {
        throw DatabaseException.of(url, e);
      }
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }

  private void enter(Connection connection, Dialect dialect, String snapshot)
      throws DatabaseException {
    try {
      dialect.enterSnapshot(connection, snapshot);
    } catch (SQLException e) {
      if (DatabaseException.isAway(e)) {
        throw DatabaseException.of(plan.database().url(), e);
      }
      throw DatabaseException.because(
          "the snapshot of %s that this job reads is gone (%s): "
                  .formatted(plan.database(), DatabaseException.state(e))
              + "the program that submitted the job holds it by a transaction, which has ended, or a"
              + " worker reaches another server; run the job again");
    }
  }

  private List<KeyAttribute> keys() {
    Set<KeyAttribute> keys = new LinkedHashSet<>(indexKeys);
    if (schema != null) {
      keys.addAll(schema.attributes());
    }
    return List.copyOf(keys);
  }
}
