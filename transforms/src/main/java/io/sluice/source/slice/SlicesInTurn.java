/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import io.sluice.item.page.Buckets;
import io.sluice.item.page.Pager;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads slices one after the other, on the caller's thread. A page of each bucket is open across
 * the slices, so that tiny files share pages.
 *
 * @param <S> describes a slice
 */
final class SlicesInTurn<S> implements ReadPages {
  private final SliceOpener<S> opener;
  private final Buckets buckets;
  private final Queue<S> slices;
  private final Deque<ReadPage> ready = new ArrayDeque<>();
  private final Pager pager = new Pager(page -> ready.add(ReadPage.of(page)));
  private long skipped;
  private boolean isOver;
  private @Nullable SliceRecords reader;

  /**
   * @param slices are taken from there, one when the one before it has been read
   */
  SlicesInTurn(SliceOpener<S> opener, Buckets buckets, Queue<S> slices) {
    this.opener = opener;
    this.buckets = buckets;
    this.slices = slices;
  }

  @Override
  public @Nullable ReadPage next() throws IOException {
    while (ready.isEmpty() && !isOver) {
      ReadRecord record = nextRecord();
      if (record == null) {
        end();
      } else if (record.item() != null) {
        buckets.add(record.item(), record.key(), pager);
      } else if (record.rejection() != null) {
        ready.add(ReadPage.of(record.rejection()));
      } else {
        skipped++;
      }
    }
    return ready.poll();
  }

  private void end() {
    isOver = true;
    pager.flush();
    if (skipped > 0) {
      ready.add(ReadPage.skipped(skipped));
    }
  }

  /** Returns the next record of all slices, or null after the last one. */
  private @Nullable ReadRecord nextRecord() throws IOException {
    while (true) {
      if (reader != null) {
        ReadRecord record = reader.next();
        if (record != null) {
          return record;
        }
        close();
      }
      S slice = slices.poll();
      if (slice == null) {
        return null;
      }
      reader = opener.open(slice);
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
