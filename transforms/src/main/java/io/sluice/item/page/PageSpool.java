/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps pages in a temporary file in place of the heap, for a job whose steps all run in this JVM.
 * The file has no name any more as soon as it is open, where the system allows that, so it goes
 * with the JVM however that ends; and before that, once no page is in it.
 *
 * <p>Thread-safe. Threads that are interrupted do not close the file, as they would a channel.
 */
public final class PageSpool {
  private static final Map<Long, WeakReference<PageSpool>> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong LAST = new AtomicLong();
  private static final Cleaner DROPPED = Cleaner.create();

  private final long id = LAST.incrementAndGet();
  private final RandomAccessFile file;
  private long end;

  private PageSpool(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens a spool in the folder for temporary files.
   *
   * @throws IOException when that cannot be written to
   */
  public static PageSpool open() throws IOException {
    // Only its owner may read it, also where it keeps its name.
    File place = Files.createTempFile("sluice", ".pages").toFile();
    RandomAccessFile file = new RandomAccessFile(place, "rw");
    if (!place.delete()) {
      place.deleteOnExit();
    }
    PageSpool spool = new PageSpool(file);
    long id = spool.id;
    OPEN.put(id, new WeakReference<>(spool));
    DROPPED.register(
        spool,
        () -> {
          OPEN.remove(id);
          try {
            file.close();
          } catch (IOException e) {
            // It was only read from.
          }
        });
    return spool;
  }

  /**
   * Appends bytes to the file.
   *
   * @throws IOException when there is no room
   */
  synchronized Place write(byte[] bytes) throws IOException {
    file.seek(end);
    file.write(bytes);
    Place place = new Place(this, end, bytes.length);
    end += bytes.length;
    return place;
  }

  private synchronized byte[] read(long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }

  /** Where the items of a page are. */
  record Place(PageSpool spool, long from, int length) {
    /**
     * Returns the place that was told to a coder.
     *
     * @throws IOException when the spool is gone, or in another JVM
     */
    static Place of(long id, long from, int length) throws IOException {
      WeakReference<PageSpool> known = OPEN.get(id);
      PageSpool spool = known == null ? null : known.get();
      if (spool == null) {
        throw new EOFException("the file of scanned pages is not there any more");
      }
      return new Place(spool, from, length);
    }

    long id() {
      return spool.id;
    }

    byte[] read() {
      try {
        return spool.read(from, length);
      } catch (IOException e) {
        throw new UncheckedIOException("the file of scanned pages cannot be read", e);
      }
    }
  }
}
