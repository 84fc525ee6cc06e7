/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.bulk.BulkLoad;
import io.sluice.bulk.LoadOperation;
import io.sluice.bulk.LoadSection;
import io.sluice.bulk.LoadSpec;
import io.sluice.bulk.StagedRun;
import io.sluice.capacity.Prices;
import io.sluice.item.page.SourcedPage;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlanJson;
import io.sluice.report.JobCost;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.report.WhenDone;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The last steps of an import that DynamoDB does itself.
 *
 * @param maxRejects with how many rejections the staged files are deleted
 */
record LoadStep(LoadSpec spec, Prices prices, long maxRejects) {

  /** Has the items loaded; returns the sections of the report about it. */
  Map<String, PCollectionView<String>> load(PCollection<SourcedPage> items, Ledger ledger) {
    Outcome loaded = items.apply("Load by DynamoDB", BulkLoad.of(spec));
    loaded.closeInto(ledger);
    Map<String, PCollectionView<String>> sections =
        new TreeMap<>(Map.of(LoadSection.NAME, BulkLoad.sectionOf(loaded)));
    // What a bulk put costs is in no list of prices that we have.
    if (spec.operation() == LoadOperation.IMPORT_TABLE) {
      sections.put(JobCost.NAME, cost(loaded));
    }
    return sections;
  }

  private PCollectionView<String> cost(Outcome loaded) {
    Prices ofRegion = prices;
    return loaded
        .get(BulkLoad.SECTION)
        .apply(
            "Cost of load",
            MapElements.into(TypeDescriptors.strings())
                .via(section -> cost(LoadSection.parse(section), ofRegion)))
        .apply(
            "Cost view",
            View.<String>asSingleton()
                .withDefaultValue(JobPlanJson.of(Charges.at(ofRegion).bill()).toString()));
  }

  private static String cost(LoadSection section, Prices prices) {
    return JobPlanJson.of(Charges.at(prices).imported(Estimate.exactly(section.bytes())).bill())
        .toString();
  }

  /** Deletes what was staged, when all of the job is done. */
  void deleteStaged(PCollection<Tally> whole) {
    String folder = spec.folder();
    whole.apply(
        "Delete staged files", WhenDone.within(maxRejects, () -> StagedRun.in(folder).delete()));
  }
}
