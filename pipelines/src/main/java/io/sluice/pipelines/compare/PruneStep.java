/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.compare;

import io.sluice.dynamodb.prune.PruneItems;
import io.sluice.dynamodb.prune.PruneLimit;
import io.sluice.dynamodb.verify.CompareChoice;
import io.sluice.dynamodb.verify.CompareCounts;
import io.sluice.dynamodb.verify.Comparison;
import io.sluice.dynamodb.verify.KeepChanged;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJson;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.SurplusSection;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.Coordination;
import io.sluice.report.Ledger;
import io.sluice.report.SectionJson;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Deletes what a comparison has found only in the table, if the input is complete. */
final class PruneStep {
  private PruneStep() {}

  /**
   * Adds the step to a pipeline.
   *
   * @param compared what {@link KeepChanged} returns
   * @param ledger the counts of this step are added
   */
  static void of(
      PCollectionTuple compared,
      InputJob job,
      CompareSettings settings,
      Coordination coordination,
      Ledger ledger) {
    PrunePlan prune = settings.prune();
    PCollectionView<Boolean> isAllowed =
        compared
            .get(KeepChanged.COMPARISON)
            .apply("Judge prune", ParDo.of(new JudgeFn(prune.limit())))
            .apply("View of prune", View.asSingleton());
    PruneItems items =
        PruneItems.of(job.table().name(), job.table().keySchema(), isAllowed)
            .withClient(Aws.dynamodb(job.options()))
            .withBudget(settings.writeBudget())
            .withOnDemandUnits(settings.writes().onDemand())
            .withCoordination(coordination.name());
    try {
      items = items.withVersionAttribute(prune.versionAttribute());
    } catch (IllegalArgumentException e) {
      throw new JobException("--versionAttribute: " + e.getMessage());
    }
    ledger.add(
        compared
            .get(KeepChanged.SURPLUS)
            .apply("Prune table", settings.isDryRun() ? items.onlyCounting() : items));
  }

  /** Returns the section of a dry run with the first keys that would be deleted. */
  static PCollectionView<String> firstKeys(PCollectionTuple compared, InputJob job) {
    return compared
        .get(KeepChanged.SURPLUS)
        .apply("Keys of surplus", ParDo.of(new KeysFn(job.table().keySchema())))
        .apply("First keys", Top.smallest(SurplusSection.MOST_KEYS))
        .apply(
            "First keys as JSON",
            MapElements.into(TypeDescriptors.strings())
                .via(keys -> SectionJson.write(new SurplusSection(keys))))
        .apply("First keys view", View.asSingleton());
  }

  private static final class KeysFn extends DoFn<SourcedPage, String> {
    private static final long serialVersionUID = 1L;
    private final KeySchema schema;

    KeysFn(KeySchema schema) {
      this.schema = schema;
    }

    @ProcessElement
    public void processElement(@Element SourcedPage page, OutputReceiver<String> out) {
      for (SourcedItem item : page) {
        Map<String, AttributeValue> key = new TreeMap<>();
        for (KeyAttribute attribute : schema.attributes()) {
          key.put(attribute.name(), item.item().get(attribute.name()));
        }
        out.output(ItemJson.toJson(key));
      }
    }
  }

  private static final class JudgeFn extends DoFn<Comparison, Boolean> {
    private static final long serialVersionUID = 1L;
    private final PruneLimit limit;

    JudgeFn(PruneLimit limit) {
      this.limit = limit;
    }

    @ProcessElement
    public void processElement(@Element Comparison comparison, OutputReceiver<Boolean> out) {
      CompareChoice choice = comparison.choice();
      CompareCounts counts = comparison.counts();
      if (counts.compared() != choice.keys()) {
        throw new IllegalStateException(
            "the input has %d items and %d were compared: a worker was lost or began again while others went on"
                .formatted(choice.keys(), counts.compared()));
      }
      out.output(choice.rejected() == 0 && !limit.isExceededBy(counts.surplus(), counts.scanned()));
    }
  }
}
