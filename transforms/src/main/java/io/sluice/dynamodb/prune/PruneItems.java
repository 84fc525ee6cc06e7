/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Consumption;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.report.UnitMeter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Deletes items of a table that were found to be surplus, each by a DeleteItem on the condition
 * that it is as it was read: that its attributes have the same values, or its version attribute if
 * one is named. What somebody has changed meanwhile stays, and is counted as {@link
 * Count#RETAINED}; so does an item of over 140 attributes without a version attribute, which no
 * condition can compare. A condition cannot see an attribute that was added while all others stayed
 * as they were.
 *
 * <p>Nothing is deleted unless the verdict allows it, which is asked before the first delete; the
 * items then count as {@link Count#SPARED}. Items are in the global window. A delete takes as many
 * units as writing the item, and keeps to a share of the write capacity, a half by default. One
 * that gets no good answer is repeated for ten minutes; then the bundle fails.
 */
public final class PruneItems extends PTransform<PCollection<SourcedPage>, PCollection<Tally>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<Tally> MAIN = new TupleTag<>("tallies") {};

  private final PruneSpec spec;
  private final PCollectionView<Boolean> isAllowed;

  private PruneItems(PruneSpec spec, PCollectionView<Boolean> isAllowed) {
    this.spec = spec;
    this.isAllowed = isAllowed;
  }

  /**
   * Creates the transform.
   *
   * @param isAllowed whether items may be deleted; one element
   */
  public static PruneItems of(String table, KeySchema schema, PCollectionView<Boolean> isAllowed) {
    return new PruneItems(new PruneSpec(table, schema), isAllowed);
  }

  private PruneItems with(Consumer<PruneSpec> change) {
    PruneSpec changed = new PruneSpec(spec);
    change.accept(changed);
    return new PruneItems(changed, isAllowed);
  }

  /** Sets how DynamoDB is reached; settings that are left open come from Beam's AWS options. */
  public PruneItems withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /** Sets the share of the write capacity that may be used, instead of a half. */
  public PruneItems withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /** Sets the units a second of an on-demand table, instead of those that DynamoDB reports. */
  public PruneItems withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /** Has the JVMs of a cluster divide the budget by need, through small files in a folder. */
  public PruneItems withCoordination(String folder) {
    return with(spec -> spec.setCoordination(folder));
  }

  /** Sets how long a delete may keep failing, ten minutes by default. */
  PruneItems withRetryFor(Duration time) {
    return with(spec -> spec.setRetryFor(time));
  }

  /**
   * Compares only this attribute, which every writer of the table changes with an item; of an item
   * that does not have it, that and all others.
   *
   * @throws IllegalArgumentException when it is an attribute of the key, which never changes
   */
  public PruneItems withVersionAttribute(@Nullable String name) {
    for (KeyAttribute key : spec.schema().attributes()) {
      if (key.name().equals(name)) {
        throw new IllegalArgumentException("'" + name + "' is an attribute of the key");
      }
    }
    return with(spec -> spec.versionAttribute = name);
  }

  /** Deletes nothing: what could be deleted is counted as {@link Count#PRUNABLE}. */
  public PruneItems onlyCounting() {
    return with(spec -> spec.deletes = false);
  }

  /** Returns the tallies, of which {@link Count#SURPLUS} is the sum of what became of the items. */
  @Override
  public PCollection<Tally> expand(PCollection<SourcedPage> surplus) {
    return surplus
        .apply(
            "Prune",
            ParDo.of(new PruneFn(spec, isAllowed))
                .withSideInputs(isAllowed)
                .withOutputTags(MAIN, TupleTagList.empty()))
        .get(MAIN);
  }

  private static final class PruneFn extends DoFn<SourcedPage, Tally> {
    private static final long serialVersionUID = 1L;

    /** How many items of a bundle are being deleted at once, at most. */
    private static final int AT_ONCE = 256;

    private final PruneSpec spec;
    private final PCollectionView<Boolean> isAllowed;
    private transient @Nullable PruneSession session;
    private transient List<Future<Boolean>> deletes;
    private transient UnitMeter meter;
    private transient long surplus;
    private transient long pruned;
    private transient long prunable;
    private transient long retained;
    private transient long spared;

    PruneFn(PruneSpec spec, PCollectionView<Boolean> isAllowed) {
      this.spec = spec;
      this.isAllowed = isAllowed;
    }

    @StartBundle
    public void startBundle() {
      deletes = new ArrayList<>();
      meter = new UnitMeter();
      surplus = 0;
      pruned = 0;
      prunable = 0;
      retained = 0;
      spared = 0;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws Exception {
      SourcedPage page = context.element();
      surplus += page.count();
      if (!context.sideInput(isAllowed)) {
        spared += page.count();
      } else if (!spec.deletes) {
        prunable += page.count();
      } else {
        if (session == null) {
          session = PruneSession.enter(spec, context.getPipelineOptions().as(AwsOptions.class));
        }
        ConditionalDelete delete = new ConditionalDelete(session, spec, meter);
        for (SourcedItem item : page) {
          deletes.add(session.submit(() -> delete.delete(item.item())));
          if (deletes.size() == AT_ONCE) {
            await();
          }
        }
      }
    }

    private void await() throws IOException, InterruptedException {
      try {
        for (Future<Boolean> delete : deletes) {
          if (delete.get()) {
            pruned++;
          } else {
            retained++;
          }
        }
      } catch (ExecutionException e) {
        // A new exception, so that the stack trace includes this thread.
        throw new IOException(
            e.getCause() instanceof IOException failed ? failed.getMessage() : "A delete failed",
            e.getCause());
      } finally {
        deletes.forEach(delete -> delete.cancel(true));
        deletes.clear();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws Exception {
      await();
      BundleTally tally = new BundleTally();
      GlobalWindow window = GlobalWindow.INSTANCE;
      tally.add(Count.SURPLUS, surplus, window);
      tally.add(Count.PRUNED, pruned, window);
      tally.add(Count.PRUNABLE, prunable, window);
      tally.add(Count.RETAINED, retained, window);
      tally.add(Count.SPARED, spared, window);
      tally.add(Consumption.ofWrites(meter.take()), window);
      tally.emit(context, MAIN);
    }

    @Teardown
    public void teardown() {
      if (session != null) {
        session.leave();
      }
    }
  }
}
