/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.item.SourcedItem;
import io.sluice.source.slice.ReadPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.SourceTestUtils;

/** The items of the pages that a source reads. */
final class SourceItems {
  private SourceItems() {}

  static List<SourcedItem> of(BoundedSource<ReadPage> source) throws IOException {
    List<SourcedItem> items = new ArrayList<>();
    for (ReadPage page : SourceTestUtils.readFromSource(source, PipelineOptionsFactory.create())) {
      if (page.items() != null) {
        page.items().forEach(items::add);
      }
    }
    return items;
  }
}
