/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.Billing;
import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.report.BundleTally;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;

/**
 * Puts items into a table. Every item is checked first, so that one that DynamoDB would refuse
 * becomes a rejection and not the end of its batch.
 *
 * <p>Delivery is at least once for each item, and a put of the same item again changes nothing: a
 * retried bundle, or the same job run again, gives the same table. When two items have the same
 * primary key, either may stay: put a {@link io.sluice.dedupe.Deduplicate} before it. The tallies
 * of the outcome come only when the items that they count are written.
 *
 * <p>Items of a pipeline of your own, which come from no file:
 *
 * <pre>{@code
 * items // PCollection<Map<String, AttributeValue>>
 *     .apply(MapElements.into(TypeDescriptor.of(SourcedItem.class)).via(SourcedItem::withoutOrigin))
 *     .apply(WriteTable.to("trips", schema));
 * }</pre>
 */
public final class WriteTable extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final WriteSpec spec;
  private final WriteEngine engine;

  private WriteTable(WriteSpec spec, WriteEngine engine) {
    this.spec = spec;
    this.engine = engine;
  }

  /** Writes to an existing table of this primary key, with half of what it can do. */
  public static WriteTable to(String table, KeySchema schema) {
    return new WriteTable(new WriteSpec(table, schema), WriteEngine.ASYNC);
  }

  private WriteTable with(Consumer<WriteSpec> change) {
    WriteSpec changed = new WriteSpec(spec);
    change.accept(changed);
    return new WriteTable(changed, engine);
  }

  /** How DynamoDB is reached; what it leaves open comes from Beam's AWS options. */
  public WriteTable withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /** What brings the items to DynamoDB; {@link WriteEngine#ASYNC} where nothing is said. */
  public WriteTable withEngine(WriteEngine other) {
    return new WriteTable(spec, other);
  }

  /** Leaves the check out, for items that a {@code ReadItems} with this key has checked. */
  public WriteTable withCheckedItems() {
    return with(spec -> spec.check = false);
  }

  /**
   * The share of the table's write capacity that may be used, in place of a half. On a cluster with
   * {@link Budget#withWorkers}: without it each JVM takes the whole of it.
   */
  public WriteTable withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /** What the table can do when it is on-demand; else what DynamoDB says or grants a new table. */
  public WriteTable withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /**
   * Creates the table, when there is an item to write and no such table: not before, so that no
   * empty one stays when there is nothing to write.
   *
   * @param billing of the new table
   */
  public WriteTable creatingTable(Billing billing) {
    return with(spec -> spec.billing = billing);
  }

  /**
   * Begins no item after this moment, by the clocks of the workers: what is on its way then is
   * finished, and the rest is counted as {@link io.sluice.report.Count#LEFT}. For {@link
   * WriteEngine#ASYNC}: a runner may have given all items to DynamoDBIO long before.
   */
  public WriteTable stoppingAt(Instant moment) {
    return with(spec -> spec.stopAt = moment.toEpochMilli());
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    if (!spec.check) {
      return items.apply("Put", engine.writer(spec));
    }
    Ledger ledger = new Ledger();
    Outcome.of(
            items.apply(
                "Check",
                ParDo.of(new CheckFn(spec.schema()))
                    .withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS)))
        .into(ledger)
        .apply("Put", engine.writer(spec))
        .closeInto(ledger);
    return Outcome.ofLast(ledger.rejections(), ledger.tallies());
  }

  private static final class CheckFn extends DoFn<SourcedItem, SourcedItem> {
    private static final long serialVersionUID = 1L;
    private final KeySchema schema;
    private transient BundleTally tally;

    CheckFn(KeySchema schema) {
      this.schema = schema;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element SourcedItem item, MultiOutputReceiver out, BoundedWindow window) {
      try {
        ItemRules.check(item.item(), schema);
        out.get(Outcome.ITEMS).output(item);
      } catch (InvalidItemException e) {
        Rejection rejection =
            Rejection.ofItem(Rejection.Stage.WRITE, item, e.reason(), e.getMessage());
        tally.add(rejection, window);
        out.get(Outcome.REJECTIONS).output(rejection);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
