/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.item.page.ItemPage;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The section of a report with what earlier starts of an export had scanned.
 *
 * @param firstStart when the first of them began, as text
 * @param pages how many pages were taken over, 0 or more
 * @param items how many items they have
 * @param readUnits the units that were consumed for them then
 */
record ResumedSection(String firstStart, long pages, long items, double readUnits) {
  static final String NAME = "resumed";

  /** What some pages come to. */
  private record Sum(long pages, long items, double units) implements Serializable {
    private static final Sum NONE = new Sum(0, 0, 0);

    static Sum of(ItemPage page) {
      return page.isTakenOver() ? new Sum(1, page.count(), page.mark().units()) : NONE;
    }

    static Sum of(Iterable<Sum> some) {
      Sum all = NONE;
      for (Sum one : some) {
        all = new Sum(all.pages + one.pages, all.items + one.items, all.units + one.units);
      }
      return all;
    }
  }

  /** Sums the pages that were taken over, and writes the section as JSON. */
  static PCollectionView<String> view(PCollection<ItemPage> pages, String firstStart) {
    return pages
        .apply("Taken over", MapElements.into(TypeDescriptor.of(Sum.class)).via(Sum::of))
        .setCoder(SerializableCoder.of(Sum.class))
        .apply("Sum of taken over", Combine.globally(Sum::of))
        .apply(
            "Resumed section",
            MapElements.into(TypeDescriptors.strings())
                .via(sum -> new ResumedSection(firstStart, sum.pages, sum.items, sum.units).json()))
        .apply("Resumed section view", View.asSingleton());
  }

  /** Returns the section of an export that can be resumed. */
  static Optional<ResumedSection> of(JobReport report) {
    return SectionJson.find(report, NAME, ResumedSection.class);
  }

  private String json() {
    return SectionJson.write(this);
  }
}
