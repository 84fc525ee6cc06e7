/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.ContentCheck;
import io.sluice.format.Format;
import io.sluice.item.KeySchema;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ReadTime;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Reads the files of a native export as pages, as a scan reads the segments of a table: each file
 * is a segment, whose pages are marked, so that whoever collects them can check that none is
 * missing and none occurs twice. No read units are taken.
 *
 * <p>A record that is no item of the table fails the bundle in one line, and so does a file that is
 * not as the manifest says. Ends in a shuffle, so that the files are read once however many steps
 * read the pages.
 */
public final class ReadExport extends PTransform<PBegin, PCollection<ItemPage>> {
  private static final long serialVersionUID = 1L;

  private final ExportSpec spec;

  private ReadExport(ExportSpec spec) {
    this.spec = spec;
  }

  /**
   * Reads an export.
   *
   * @param files its data files
   * @param checks what the manifest says of each, by file name
   * @param time the moment of which the items are, or the time of the scan that made the export
   */
  public static ReadExport of(
      List<MatchResult.Metadata> files,
      Map<String, ContentCheck> checks,
      Format format,
      KeySchema key,
      ReadTime time) {
    return new ReadExport(
        new ExportSpec(
            FileSelection.of(files).withChecks(checks),
            new SliceReader.Recipe(format, KeyFrom.RECORD, key, List.of()),
            Math.max(1, files.size()),
            time,
            0,
            false));
  }

  /**
   * Divides the pages into parts of about this size, by the length of the files, and emits the
   * pages of a part together, on one worker: {@code WriteFiles} begins a file for each.
   *
   * @param bytes 1 or more
   */
  public ReadExport withParts(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be 1 or more");
    }
    return new ReadExport(spec.withPartBytes(bytes));
  }

  /**
   * Keeps the pages of a large export in files in the folder for temporary files. Only for the
   * DirectRunner, which passes elements on without encoding them.
   */
  public ReadExport withSpool() {
    return new ReadExport(spec.withSpool());
  }

  /** Returns the number of segments: each has pages, one of which is the last. */
  public int segments() {
    return spec.segments();
  }

  @Override
  public PCollection<ItemPage> expand(PBegin begin) {
    PCollection<ItemPage> pages = begin.apply("Read files", Read.from(ExportSource.of(spec)));
    if (spec.partBytes() == 0) {
      return pages.apply("Do not read again", Reshuffle.viaRandomKey());
    }
    // The group has one consumer, which passes the pages on: Flink would hold it on the heap for
    // two.
    return pages
        .apply("Parts", WithKeys.of(ItemPage::part).withKeyType(TypeDescriptors.integers()))
        .apply("Group parts", GroupByKey.create())
        .apply("Pages of parts", Values.create())
        .apply("Pages", Flatten.iterables());
  }
}
