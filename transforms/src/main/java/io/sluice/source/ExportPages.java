/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.failure.Rejection;
import io.sluice.format.UnreadableFileException;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.PageSpool;
import io.sluice.source.slice.ReadRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Puts the items of files, which are read one after the other, together to pages. */
final class ExportPages implements Closeable {
  /** The length of a page's items, as of a page of a scan. */
  private static final int PAGE_BYTES = 1 << 20;

  private final ExportSpec spec;
  private @Nullable PageSpool spool;
  private ExportSpec.@Nullable File file;
  private @Nullable SliceReader records;
  private long attempt;
  private int number;
  private long bytesOfFile;

  ExportPages(ExportSpec spec) {
    this.spec = spec;
  }

  /** Begins a file; the one before has ended. */
  void open(ExportSpec.File next) throws IOException {
    file = next;
    records = next.slice() == null ? null : SliceReader.open(spec.recipe(), next.slice());
    attempt = ThreadLocalRandom.current().nextLong();
    number = 0;
    bytesOfFile = 0;
  }

  /**
   * Returns the next page of the file; null behind its last one.
   *
   * @throws UnreadableFileException when a record is no item, or the file is not as the manifest
   *     says
   */
  @Nullable ItemPage next() throws IOException {
    if (file == null) {
      return null;
    }
    List<SourcedItem> items = new ArrayList<>();
    int bytes = 0;
    boolean last = records == null;
    while (!last && bytes < PAGE_BYTES) {
      ReadRecord read = records.next();
      last = read == null;
      if (read != null && read.rejection() != null) {
        throw refused(read.rejection());
      }
      if (read != null && read.item() != null) {
        items.add(read.item());
        bytes += read.item().encoded().length;
      }
    }
    ItemPage page = page(items, last);
    if (last) {
      close();
      file = null;
    }
    return page;
  }

  private ItemPage page(List<SourcedItem> items, boolean last) throws IOException {
    ItemPage page =
        ItemPage.of(
            new ItemPage.Mark(file.number(), attempt, number++, last, items.size(), 0, spec.time()),
            items);
    if (spec.partBytes() > 0) {
      long part = Math.min(file.parts() - 1, bytesOfFile / spec.partBytes());
      bytesOfFile += page.compressedBytes();
      page = page.inPart(file.firstPart() + (int) part);
    }
    if (!spec.spools()) {
      return page;
    }
    if (spool == null) {
      spool = PageSpool.open();
    }
    return page.keptIn(spool);
  }

  private static UnreadableFileException refused(Rejection rejection) {
    return new UnreadableFileException(
        rejection.origin().file(),
        "holds a record at %d that is no item of the table: %s"
            .formatted(rejection.origin().offset(), rejection.message()));
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
      records = null;
    }
  }
}
