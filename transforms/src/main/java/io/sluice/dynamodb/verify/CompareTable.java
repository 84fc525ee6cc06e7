/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.BundleTally;
import io.sluice.report.Consumption;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares items with those of a table, by consistent reads of batches of up to 100 keys. An item
 * that the table has too is passed on and counted as {@link Count#MATCHED}. An item that the table
 * lacks, or has with other attributes, becomes a rejection that names the attributes. Items are in
 * the global window and have a valid key. {@link #RECEIPT} sums up both sides.
 *
 * <p>Costs one read unit for each 4 KB of an item, rounded up, and keeps to a share of the table's
 * read capacity, a quarter by default. A request that is throttled or gets no good answer is
 * retried with growing pauses for ten minutes, or for one minute if the answers are not DynamoDB's;
 * then the bundle fails. The table is described before and during the reads, as by {@link
 * io.sluice.dynamodb.scan.ScanTable}.
 */
public final class CompareTable extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  /** What was compared: one element, an output beside those of every step. */
  public static final TupleTag<Receipt> RECEIPT = new TupleTag<>("receipt") {};

  private static final TupleTag<Receipt> PARTS = new TupleTag<>("parts of the receipt") {};

  private final GetSpec spec;

  private CompareTable(GetSpec spec) {
    this.spec = spec;
  }

  /** Returns a comparison with this table, which has these key attributes. */
  public static CompareTable with(String table, KeySchema schema) {
    return new CompareTable(new GetSpec(table, schema));
  }

  private CompareTable with(Consumer<GetSpec> change) {
    GetSpec changed = new GetSpec(spec);
    change.accept(changed);
    return new CompareTable(changed);
  }

  /** Sets how DynamoDB is reached; settings that are left open come from Beam's AWS options. */
  public CompareTable withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /**
   * Sets the share of the read capacity that may be used, instead of a quarter. On a cluster, use
   * {@link Budget#withWorkers}: without it each JVM takes the whole budget.
   */
  public CompareTable withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /**
   * Sets the units a second of an on-demand table, instead of those that DynamoDB reports or grants
   * to a new table.
   */
  public CompareTable withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /**
   * Has the JVMs of a cluster divide the budget by need, through small files in a folder: see
   * {@link io.sluice.dynamodb.scan.ScanTable#withCoordination}.
   */
  public CompareTable withCoordination(String folder) {
    return with(spec -> spec.setCoordination(folder));
  }

  /** Sets how long reading a key may keep failing, ten minutes by default. */
  public CompareTable withRetryFor(Duration time) {
    return with(spec -> spec.setRetryFor(time));
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    PCollectionTuple compared =
        items.apply(
            "Compare",
            ParDo.of(new CompareFn(spec))
                .withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS.and(PARTS)));
    PCollection<Receipt> receipt =
        compared
            .get(PARTS)
            .setCoder(SerializableCoder.of(Receipt.class))
            .apply("Sum of receipts", Combine.globally(Receipt.sum()))
            .setCoder(SerializableCoder.of(Receipt.class));
    return Outcome.of(
        PCollectionTuple.of(Outcome.ITEMS, compared.get(Outcome.ITEMS))
            .and(Outcome.REJECTIONS, compared.get(Outcome.REJECTIONS))
            .and(Outcome.TALLIES, compared.get(Outcome.TALLIES))
            .and(RECEIPT, receipt));
  }

  private static final class CompareFn extends DoFn<SourcedItem, SourcedItem> {
    private static final long serialVersionUID = 1L;

    private final GetSpec spec;
    private transient GetSession session;
    private transient Map<ItemKey, List<SourcedItem>> batch;
    private transient BundleTally tally;
    private transient Receipt receipt;

    /** Receives results: a context of an element, or of the bundle's end. */
    private interface Sink {
      void matched(SourcedItem item);

      void rejected(Rejection rejection);
    }

    CompareFn(GetSpec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup(PipelineOptions options) {
      // Takes its share of the budget, whether or not items arrive here.
      session = GetSession.enter(spec, options.as(AwsOptions.class));
    }

    @StartBundle
    public void startBundle() {
      batch = new LinkedHashMap<>();
      tally = new BundleTally();
      receipt = Receipt.NONE;
    }

    @ProcessElement
    public void processElement(@Element SourcedItem item, MultiOutputReceiver out)
        throws Exception {
      batch
          .computeIfAbsent(ItemKey.of(item.item(), spec.schema()), k -> new ArrayList<>(1))
          .add(item);
      if (batch.size() == KeyReader.MOST_KEYS) {
        compareBatch(
            new Sink() {
              @Override
              public void matched(SourcedItem item) {
                out.get(Outcome.ITEMS).output(item);
              }

              @Override
              public void rejected(Rejection rejection) {
                out.get(Outcome.REJECTIONS).output(rejection);
              }
            });
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws Exception {
      BoundedWindow window = GlobalWindow.INSTANCE;
      compareBatch(
          new Sink() {
            @Override
            public void matched(SourcedItem item) {
              context.output(Outcome.ITEMS, item, window.maxTimestamp(), window);
            }

            @Override
            public void rejected(Rejection rejection) {
              context.output(Outcome.REJECTIONS, rejection, window.maxTimestamp(), window);
            }
          });
      if (receipt.sourceItems() > 0) {
        context.output(PARTS, receipt, window.maxTimestamp(), window);
      }
      tally.emit(context, Outcome.TALLIES);
    }

    private void compareBatch(Sink sink) throws Exception {
      if (batch.isEmpty()) {
        return;
      }
      Map<ItemKey, Map<String, AttributeValue>> found = fetch();
      for (Map.Entry<ItemKey, List<SourcedItem>> entry : batch.entrySet()) {
        for (SourcedItem item : entry.getValue()) {
          compare(item, found.get(entry.getKey()), sink);
        }
      }
      batch.clear();
    }

    private void compare(SourcedItem item, Map<String, AttributeValue> found, Sink sink) {
      if (found == null) {
        receipt = receipt.plus(Receipt.ofMissing(item.item()));
        reject(item, Reason.MISSING, "the table has no item of this key", sink);
        return;
      }
      Set<String> differing = ItemDiff.differing(item.item(), found);
      if (differing.isEmpty()) {
        receipt = receipt.plus(Receipt.ofMatched(item.item()));
        tally.add(Count.MATCHED, GlobalWindow.INSTANCE);
        sink.matched(item);
      } else {
        receipt = receipt.plus(Receipt.ofDifferent(item.item(), found));
        String names = String.join("', '", differing);
        reject(item, Reason.DIFFERENT, "the table's item differs in '" + names + "'", sink);
      }
    }

    private void reject(SourcedItem item, Reason reason, String message, Sink sink) {
      Rejection rejection = Rejection.ofItem(Rejection.Stage.VERIFY, item, reason, message);
      tally.add(rejection, GlobalWindow.INSTANCE);
      sink.rejected(rejection);
    }

    private Map<ItemKey, Map<String, AttributeValue>> fetch()
        throws InvalidItemException, IOException, InterruptedException {
      List<WantedItem> wanted = new ArrayList<>();
      for (List<SourcedItem> items : batch.values()) {
        wanted.add(WantedItem.like(items.get(0).item(), spec.schema()));
      }
      KeyReader reader = new KeyReader(session, spec.schema());
      Map<ItemKey, Map<String, AttributeValue>> found = reader.read(wanted);
      tally.add(Consumption.ofReads(reader.takeConsumed()), GlobalWindow.INSTANCE);
      return found;
    }

    @Teardown
    public void teardown() {
      if (session != null) {
        session.leave();
      }
    }
  }
}
