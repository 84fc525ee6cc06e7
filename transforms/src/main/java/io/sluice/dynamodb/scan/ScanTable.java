/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.Prices;
import io.sluice.capacity.ReadForecast;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.page.ItemPage;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads a table, or an index of it, as pages of items: by one parallel scan that keeps to a share
 * of what the table can do. {@link ReadTable} gives the items themselves.
 *
 * <p>Each segment is read page by page, and whatever goes wrong on the way, no page of a reading is
 * lost and none comes twice. A runner that does work again (a failed bundle, a lost worker) reads
 * segments again: its output then is that of one reading, as ever in Beam, but the table changed
 * perhaps, and the units are paid twice. The {@link ItemPage.Mark}s tell which reading a page is
 * of. Behind the scan is a shuffle, so that no runner scans again for what comes later.
 *
 * <p>A scan is not a moment of the table: an item that is written while it goes on may be in it as
 * it was before or after, also with {@link #withConsistentRead}.
 *
 * <p>The pipeline fails when requests for a page have failed for ten minutes, when answers to them
 * were not understood for one, and at once when there is no such table, no permission, or an
 * expression that DynamoDB does not take. The table is described before and meanwhile: that may go
 * wrong for ten minutes at first, whatever is answered, and later for as long as pages come.
 */
public final class ScanTable extends PTransform<PBegin, PCollection<ItemPage>> {
  private static final long serialVersionUID = 1L;

  private final ScanSpec spec;

  private ScanTable(ScanSpec spec) {
    this.spec = spec;
  }

  /** Scans this table with a quarter of what it can do. */
  public static ScanTable of(TableInfo table) {
    return new ScanTable(new ScanSpec(table));
  }

  private ScanTable with(Consumer<ScanSpec> change) {
    ScanSpec changed = new ScanSpec(spec);
    change.accept(changed);
    return new ScanTable(changed);
  }

  /** How DynamoDB is reached; what it leaves open comes from Beam's AWS options. */
  public ScanTable withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /**
   * The share of the read capacity that may be used, in place of a quarter. On a cluster with
   * {@link Budget#withWorkers}: without it each JVM takes the whole of it, and there are as few
   * segments as for one machine.
   */
  public ScanTable withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /** What the table can do when it is on-demand; else what DynamoDB says or grants a new table. */
  public ScanTable withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /**
   * Reads what was written before each page was asked for, at twice the units. Not for a global
   * index.
   */
  public ScanTable withConsistentRead() {
    return with(spec -> spec.consistent = true);
  }

  /**
   * Reads a secondary index in place of the table. A global one has units of its own, a local one
   * those of the table. Items have what is projected into the index.
   */
  public ScanTable withIndex(String index) {
    return with(spec -> spec.index = index);
  }

  /**
   * Keeps the items for which DynamoDB finds this condition true. It reads, and takes units for,
   * the others as well.
   *
   * @param expression a FilterExpression, as DynamoDB has it: {@code fare > :least}
   */
  public ScanTable withFilter(String expression) {
    return with(spec -> spec.filter = expression);
  }

  /**
   * Keeps these attributes of each item; units are the same.
   *
   * @param expression a ProjectionExpression, as DynamoDB has it: {@code id, #n, tags[0]}
   */
  public ScanTable withProjection(String expression) {
    return with(spec -> spec.projection = expression);
  }

  /** What the names in the expressions stand for that begin with {@code #}. */
  public ScanTable withNames(Map<String, String> names) {
    return with(spec -> spec.setNames(names));
  }

  /** What the names in the expressions stand for that begin with {@code :}. */
  public ScanTable withValues(Map<String, AttributeValue> values) {
    return with(spec -> spec.setValues(values));
  }

  /**
   * How many segments there are, in place of what the table's size and the workers ask for.
   *
   * @param segments 1 to 1,000,000
   */
  public ScanTable withSegments(int segments) {
    if (segments < 1 || segments > Segments.MOST) {
      throw new IllegalArgumentException("segments is " + segments + ", must be 1 to 1,000,000");
    }
    return with(spec -> spec.segments = segments);
  }

  /**
   * Over how many keys the pages are shuffled, in place of four for each worker. On Flink so many
   * subtasks at most have work behind it, and there should be several for each. The DirectRunner
   * makes a bundle for each key of each split of the scan, of which there are at least three for
   * each worker: there one key is enough. Spark divides the pages by itself.
   *
   * @param buckets 1 or more
   */
  public ScanTable withBuckets(int buckets) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets is " + buckets + ", must be 1 or more");
    }
    return with(spec -> spec.buckets = buckets);
  }

  /** How many segments there are: each has pages, one of which is the last. */
  public int segments() {
    return spec.segments();
  }

  /**
   * How long it takes and what it costs, about, by what DynamoDB said of the table.
   *
   * @throws IllegalArgumentException when the table has no such index, or that cannot be read
   *     consistently
   */
  public ReadForecast forecast(Prices prices) {
    spec.check();
    return spec.forecast(prices);
  }

  /**
   * @throws IllegalArgumentException when the table has no such index, or that cannot be read
   *     consistently
   */
  @Override
  public PCollection<ItemPage> expand(PBegin begin) {
    spec.check();
    return begin
        .apply("Scan", Read.from(ScanSource.of(spec)))
        .apply(
            "Do not scan again", Reshuffle.<ItemPage>viaRandomKey().withNumBuckets(spec.buckets()));
  }
}
