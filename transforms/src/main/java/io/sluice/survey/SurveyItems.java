/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import io.sluice.capacity.WriteCost;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJsonBuffer;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.PagesOfItems;
import io.sluice.report.Tally;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Surveys items in a dry run, in place of writing them. Items are in the global window and have a
 * valid key. Emits one {@link Survey}, and counts the items as {@link Count#WRITABLE} or {@link
 * Count#DELETABLE}.
 */
public final class SurveyItems extends PTransform<PCollection<SourcedItem>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The output with the one survey of all items. */
  public static final TupleTag<Survey> SURVEY = new TupleTag<>("survey") {};

  private final WriteCost cost;

  private SurveyItems(WriteCost cost) {
    this.cost = cost;
  }

  /** Returns a survey of items for a table with this cost of writing. */
  public static SurveyItems withCost(WriteCost cost) {
    return new SurveyItems(cost);
  }

  /** Returns the same survey for pages of items. */
  public PTransform<PCollection<SourcedPage>, PCollectionTuple> ofPages() {
    return new Pages(cost);
  }

  /** Returns the section of a report, as JSON, of what this transform has made. */
  public static PCollectionView<String> sectionOf(PCollectionTuple surveyed) {
    return surveyed
        .get(SURVEY)
        .apply(
            "Survey as JSON",
            MapElements.into(TypeDescriptors.strings()).via(all -> all.section().toJson()))
        .apply("Survey view", View.asSingleton());
  }

  @Override
  public PCollectionTuple expand(PCollection<SourcedItem> items) {
    return items.apply("Pages", PagesOfItems.inAnyOrder()).apply("Of pages", ofPages());
  }

  private static final class Pages extends PTransform<PCollection<SourcedPage>, PCollectionTuple> {
    private static final long serialVersionUID = 1L;
    private final WriteCost cost;

    Pages(WriteCost cost) {
      this.cost = cost;
    }

    @Override
    public PCollectionTuple expand(PCollection<SourcedPage> pages) {
      PCollectionTuple bundles =
          pages.apply(
              "Survey",
              ParDo.of(new SurveyFn(cost))
                  .withOutputTags(SURVEY, TupleTagList.of(Outcome.TALLIES)));
      PCollection<Survey> survey = bundles.get(SURVEY).apply("Sum", Combine.globally(Survey.sum()));
      PCollection<Tally> tallies = bundles.get(Outcome.TALLIES);
      return PCollectionTuple.of(SURVEY, survey).and(Outcome.TALLIES, tallies);
    }
  }

  private static final class SurveyFn extends DoFn<SourcedPage, Survey> {
    private static final long serialVersionUID = 1L;
    private final WriteCost cost;
    private transient Survey survey;
    private transient ItemJsonBuffer line;
    private transient BundleTally tally;

    SurveyFn(WriteCost cost) {
      this.cost = cost;
    }

    @StartBundle
    public void startBundle() {
      survey = new Survey();
      line = new ItemJsonBuffer();
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(@Element SourcedPage page, BoundedWindow window) {
      if (page.isOfDeletes()) {
        page.forEach(key -> survey.addDelete(key.item(), cost));
        tally.add(Count.DELETABLE, page.count(), window);
        return;
      }
      for (SourcedItem item : page) {
        line.truncate(0);
        line.raw("{\"Item\":").item(item).raw("}\n");
        survey.add(item.origin(), item.item(), line.size(), cost);
      }
      tally.add(Count.WRITABLE, page.count(), window);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      context.output(SURVEY, survey, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
