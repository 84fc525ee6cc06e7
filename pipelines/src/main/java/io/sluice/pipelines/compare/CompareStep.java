/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.compare;

import io.sluice.capacity.Prices;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.verify.Comparison;
import io.sluice.dynamodb.verify.KeepChanged;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.input.ComparisonSection;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.SurplusSection;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.pipelines.table.TableScans;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Leaves of the items to write those that differ from the table.
 *
 * @param pages of the items that are written
 * @param sections of the report
 */
public record CompareStep(
    PCollection<SourcedPage> pages, Map<String, PCollectionView<String>> sections) {

  /** Writes all items, as an import does by default, and to a table that does not exist yet. */
  private static CompareStep none(PCollection<SourcedPage> pages) {
    return new CompareStep(pages, Map.of());
  }

  /**
   * Adds the step to a pipeline, if it is asked for.
   *
   * @param settings null when all items are written
   * @param ledger of the steps so far; the counts of this one are added
   */
  public static CompareStep of(
      PCollection<SourcedPage> pages,
      InputJob job,
      @Nullable CompareSettings settings,
      Coordination coordination,
      Ledger ledger) {
    if (settings == null || !job.table().exists()) {
      return none(pages);
    }
    TableInfo table = job.table();
    ScanTable scan =
        TableScans.of(job.options(), table, settings.reads()).withCoordination(coordination.name());
    PCollection<Tally> soFar = ledger.tallies();
    KeepChanged keep =
        KeepChanged.by(
                settings.isConsistent() ? scan.withConsistentRead() : scan,
                table.keySchema(),
                job.buckets(),
                soFar)
            .ofEmptyTable(TableLookup.isKnownToBeEmpty(job.options(), table));
    PrunePlan prune = settings.prune();
    PCollectionTuple compared =
        pages.apply(
            "Keep changed",
            prune == null ? keep : keep.withSurplus(prune.scopeOf(table.keySchema())));
    ledger.add(compared.get(Outcome.TALLIES));
    Map<String, PCollectionView<String>> sections = new TreeMap<>();
    if (prune != null) {
      PruneStep.of(compared, job, settings, coordination, ledger);
      if (settings.isDryRun()) {
        sections.put(SurplusSection.NAME, PruneStep.firstKeys(compared, job));
      }
    }
    PCollectionView<String> json =
        compared
            .get(KeepChanged.COMPARISON)
            .apply(
                "Comparison as JSON",
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        toJson(
                            prune != null,
                            table.capacity().onDemand(),
                            settings.writes().prices())))
            .apply("Comparison view", View.asSingleton());
    sections.put(ComparisonSection.NAME, json);
    return new CompareStep(compared.get(Outcome.PAGES), sections);
  }

  private static SerializableFunction<Comparison, String> toJson(
      boolean findsSurplus, boolean onDemand, Prices prices) {
    return comparison ->
        SectionJson.write(ComparisonSection.of(comparison, findsSurplus, onDemand, prices));
  }
}
