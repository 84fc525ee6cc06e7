/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.checkpoint.BucketMarks;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemRules;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.PageCursor;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.report.PagesOfItems;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;

/**
 * Puts items into a table. Every item is checked first, so that one that DynamoDB would refuse
 * becomes a rejection and does not fail its batch.
 *
 * <p>Each item is written at least once, and putting the same item again changes nothing: a retried
 * bundle, or the same job run again, leaves the same table. When two items have the same primary
 * key, either may stay: put a {@link io.sluice.dedupe.Deduplicate} before it. A tally of the
 * outcome is emitted only when the items that it counts are written.
 *
 * <p>For a pipeline of your own, whose items come from no file:
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

  /** Returns a write to an existing table of this primary key, with half of its write capacity. */
  public static WriteTable to(String table, KeySchema schema) {
    return new WriteTable(new WriteSpec(table, schema), WriteEngine.ASYNC);
  }

  private WriteTable with(Consumer<WriteSpec> change) {
    WriteSpec changed = new WriteSpec(spec);
    change.accept(changed);
    return new WriteTable(changed, engine);
  }

  /** Sets how DynamoDB is reached; settings that are left open come from Beam's AWS options. */
  public WriteTable withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /** Sets the engine that writes the items; {@link WriteEngine#ASYNC} by default. */
  public WriteTable withEngine(WriteEngine other) {
    return new WriteTable(spec, other);
  }

  /** Leaves the check out, for items that a {@code ReadItems} with this key has checked. */
  public WriteTable withCheckedItems() {
    return with(spec -> spec.check = false);
  }

  /**
   * Sets the share of the table's write capacity that may be used, instead of a half. On a cluster,
   * use {@link Budget#withWorkers}: without it each JVM takes the whole budget.
   */
  public WriteTable withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /**
   * Sets the units a second of an on-demand table, instead of those that DynamoDB reports or grants
   * to a new table.
   */
  public WriteTable withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /**
   * Has the JVMs of a cluster divide the budget by need, through small files in a folder that all
   * of them can write, list and delete in: in S3, or on a disk that they share. Without this, each
   * has a fixed share by its worker slots, also when it cannot use it. {@link Budget#withWorkers}
   * is still needed, for the time in which the folder cannot be reached.
   *
   * @param folder used by this job only, without a slash at its end; not deleted here
   */
  public WriteTable withCoordination(String folder) {
    return with(spec -> spec.setCoordination(folder));
  }

  /**
   * Creates the table if it does not exist when the first item is about to be written. So no empty
   * table is left when there is nothing to write.
   *
   * @param billing of the new table
   */
  public WriteTable creatingTable(Billing billing) {
    return with(spec -> spec.creation = TableDefinition.of(spec.schema(), billing));
  }

  /**
   * Creates the table as above, as it is defined. If there is one when the first item is about to
   * be written, its time to live is enabled if it has none.
   *
   * @throws IllegalArgumentException when the definition has another primary key
   */
  public WriteTable creatingTable(TableDefinition definition) {
    if (!definition.keySchema().equals(spec.schema())) {
      throw new IllegalArgumentException(
          "the definition has the key %s, must be %s"
              .formatted(definition.keySchema(), spec.schema()));
    }
    return with(spec -> spec.creation = definition);
  }

  /**
   * Stops beginning items after this moment, by the clocks of the workers: items in flight are
   * finished, and the rest is counted as {@link io.sluice.report.Count#LEFT}. Only for {@link
   * WriteEngine#ASYNC}: a runner may have given all items to DynamoDBIO long before.
   */
  public WriteTable stoppingAt(Instant moment) {
    return with(spec -> spec.stopAt = moment.toEpochMilli());
  }

  /**
   * Keeps which buckets are written, as soon as DynamoDB has all of their items, so that a later
   * start of the same job can {@link io.sluice.dynamodb.checkpoint.LeaveOutWritten leave them out}.
   * Only for {@link WriteEngine#ASYNC}, and pages that know their parts of the buckets; a bucket of
   * which an item is refused is not marked. A job that is killed has written at most two buckets of
   * each worker, and what DynamoDB took in the time of one request to the folder's store, that is
   * not kept.
   */
  public WriteTable keepingMarks(BucketMarks marks) {
    return with(spec -> spec.marks = marks);
  }

  /**
   * Returns the same write for pages of items, and of keys whose items are deleted ({@link
   * SourcedPage#isOfDeletes}), in the same batches. A key must not be in two of them, since batches
   * keep no order. Only {@link WriteEngine#ASYNC} deletes; {@link io.sluice.report.Count#DELETED}
   * counts apart.
   */
  public PTransform<PCollection<SourcedPage>, Outcome> ofPages() {
    return new Pages(spec, engine);
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    return items.apply("Pages", PagesOfItems.inAnyOrder()).apply("Of pages", ofPages());
  }

  private static final class Pages extends PTransform<PCollection<SourcedPage>, Outcome> {
    private static final long serialVersionUID = 1L;
    private final WriteSpec spec;
    private final WriteEngine engine;

    Pages(WriteSpec spec, WriteEngine engine) {
      this.spec = spec;
      this.engine = engine;
    }

    @Override
    public Outcome expand(PCollection<SourcedPage> pages) {
      if (!spec.check) {
        return pages.apply("Put", engine.writer(spec));
      }
      Ledger ledger = new Ledger();
      Outcome.of(
              pages.apply(
                  "Check",
                  ParDo.of(new CheckFn(spec.schema()))
                      .withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS)))
          .pagesInto(ledger)
          .apply("Put", engine.writer(spec))
          .closeInto(ledger);
      return Outcome.ofLast(ledger.rejections(), ledger.tallies());
    }
  }

  private static final class CheckFn extends DoFn<SourcedPage, SourcedPage> {
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
        @Element SourcedPage page, MultiOutputReceiver out, BoundedWindow window) {
      BitSet refused = new BitSet();
      PageCursor cursor = page.cursor();
      while (cursor.next()) {
        SourcedItem item = cursor.item().copy();
        try {
          ItemKey unused = ItemRules.check(item.item(), schema);
        } catch (InvalidItemException e) {
          refused.set(cursor.number());
          Rejection rejection =
              page.isOfDeletes()
                  ? Rejection.ofDelete(Rejection.Stage.WRITE, item, e.reason(), e.getMessage())
                  : Rejection.ofItem(Rejection.Stage.WRITE, item, e.reason(), e.getMessage());
          tally.add(rejection, window);
          out.get(Outcome.REJECTIONS).output(rejection);
        }
      }
      SourcedPage valid = refused.isEmpty() ? page : page.without(refused);
      if (valid.count() > 0) {
        out.get(Outcome.PAGES).output(valid);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
