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
import io.sluice.capacity.ReadLoad;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.page.ItemPage;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads a table or an index as pages of items, by one parallel scan within a share of the read
 * capacity. {@link ReadTable} returns the items themselves.
 *
 * <p>Each segment is read page by page. Whatever requests fail, no page of a reading is lost and
 * none occurs twice. A runner that repeats work (a failed bundle, a lost worker) reads segments
 * again: its output then is that of one reading, as always in Beam, but the table may have changed,
 * and the units are paid twice. The {@link ItemPage.Mark}s show to which reading a page belongs. A
 * shuffle follows the scan, so that no runner scans again for later steps.
 *
 * <p>A scan does not show the table at one point in time: an item that is written during the scan
 * may appear as it was before or after, also with {@link #withConsistentRead}.
 *
 * <p>The pipeline fails when requests for a page have failed for ten minutes, or have got answers
 * that are not DynamoDB's for one minute; and at once when there is no such table, no permission,
 * or an expression that DynamoDB does not accept. The table is described before and during the
 * scan. The first description is retried for ten minutes whatever the answer; later descriptions
 * may fail as long as pages arrive.
 */
public final class ScanTable extends PTransform<PBegin, PCollection<ItemPage>> {
  private static final long serialVersionUID = 1L;
  private static final long SMALL_SEGMENT_BYTES = 16L << 20;

  final ScanSpec spec;

  private ScanTable(ScanSpec spec) {
    this.spec = spec;
  }

  /** Returns a scan of this table with a quarter of its read capacity. */
  public static ScanTable of(TableInfo table) {
    return new ScanTable(new ScanSpec(table));
  }

  ScanTable with(Consumer<ScanSpec> change) {
    ScanSpec changed = new ScanSpec(spec);
    change.accept(changed);
    return new ScanTable(changed);
  }

  /** Sets how DynamoDB is reached; settings that are left open come from Beam's AWS options. */
  public ScanTable withClient(ClientConfiguration client) {
    return with(spec -> spec.setClient(client));
  }

  /**
   * Sets the share of the read capacity that may be used, instead of a quarter. On a cluster, use
   * {@link Budget#withWorkers}: without it each JVM takes the whole budget, and there are only as
   * many segments as for one machine.
   */
  public ScanTable withBudget(Budget budget) {
    return with(spec -> spec.setBudget(budget));
  }

  /**
   * Has the JVMs of a cluster divide the budget by need, through small files in a folder that all
   * of them can write, list and delete in: in S3, or on a disk that they share. Without this, each
   * has a fixed share by its worker slots, also when it cannot use it. {@link Budget#withWorkers}
   * is still needed, for the time in which the folder cannot be reached.
   *
   * @param folder used by this job only, without a slash at its end; not deleted here
   */
  public ScanTable withCoordination(String folder) {
    return with(spec -> spec.setCoordination(folder));
  }

  /**
   * Sets the units a second of an on-demand table, instead of those that DynamoDB reports or grants
   * to a new table.
   */
  public ScanTable withOnDemandUnits(OnDemandUnits units) {
    return with(spec -> spec.setOnDemand(units));
  }

  /**
   * Reads what was written before each page was requested, at twice the units. Not for a global
   * index.
   */
  public ScanTable withConsistentRead() {
    return with(spec -> spec.consistent = true);
  }

  /**
   * Reads a secondary index instead of the table. A global index has units of its own, a local one
   * uses those of the table. Items have the attributes that are projected into the index.
   */
  public ScanTable withIndex(String index) {
    return with(spec -> spec.index = index);
  }

  /**
   * Keeps the items for which DynamoDB finds this condition true. It also reads the others, and
   * takes units for them.
   *
   * @param expression a FilterExpression of DynamoDB: {@code fare > :least}
   */
  public ScanTable withFilter(String expression) {
    return with(spec -> spec.filter = expression);
  }

  /**
   * Keeps these attributes of each item; the units are the same.
   *
   * @param expression a ProjectionExpression of DynamoDB: {@code id, #n, tags[0]}
   */
  public ScanTable withProjection(String expression) {
    return with(spec -> spec.projection = expression);
  }

  /** Sets the attribute names for the placeholders in the expressions that begin with {@code #}. */
  public ScanTable withNames(Map<String, String> names) {
    return with(spec -> spec.setNames(names));
  }

  /** Sets the values for the placeholders in the expressions that begin with {@code :}. */
  public ScanTable withValues(Map<String, AttributeValue> values) {
    return with(spec -> spec.setValues(values));
  }

  /**
   * Sets the number of segments, instead of one derived from the table's size and the workers.
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
   * Sets the number of keys over which the pages are shuffled, instead of four for each worker. On
   * Flink at most this many subtasks have work after the shuffle, and there should be several keys
   * for each. The DirectRunner makes a bundle for each key of each split of the scan, of which
   * there are at least three for each worker: one key is enough there. Spark divides the pages by
   * itself.
   *
   * @param buckets 1 or more
   */
  public ScanTable withBuckets(int buckets) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets is " + buckets + ", must be 1 or more");
    }
    return with(spec -> spec.buckets = buckets);
  }

  /**
   * Infers what occurs in the items while they are read, so that {@code InferSchema} need not
   * decompress the pages.
   */
  public ScanTable withSchema() {
    return with(spec -> spec.infersSchema = true);
  }

  /**
   * Divides the scan into parts of about this size, by the length of the compressed pages, and
   * emits the pages of a part together, on one worker, when all have been read: {@code WriteFiles}
   * begins a file for each. There are as many parts as the size of the table asks for, rounded up,
   * if the readers have about as much to read each; with {@link #inOneJvm} in any case.
   *
   * @param bytes 1 or more
   */
  public ScanTable withParts(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be 1 or more");
    }
    return with(spec -> spec.partBytes = bytes);
  }

  /**
   * Has one reader scan all segments, by threads of its own: for a runner with a single thread.
   *
   * @param workers which it stands for, 1 or more: it reads eight segments at once for each
   */
  public ScanTable withOneReader(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers is " + workers + ", must be 1 or more");
    }
    return with(spec -> spec.oneReader = workers * Segments.MOST_AT_ONCE);
  }

  /** Declares that the readers of the scan are all in one JVM. */
  public ScanTable inOneJvm() {
    return with(spec -> spec.inOneJvm = true);
  }

  /**
   * Keeps pages in a file in the folder for temporary files, beyond a 16th of the heap. Only for
   * the DirectRunner, which passes elements on without encoding them; other runners shuffle on a
   * disk by themselves.
   */
  public ScanTable withSpool() {
    return with(spec -> spec.spools = true);
  }

  /**
   * Returns the same scan for a job that decides while it runs whether the table is read at all: it
   * begins when that is known. The output of a reader is one element's, which Spark holds on the
   * heap until it ends: see {@link #inSmallSegments}. There is no shuffle behind it: the caller has
   * one, or later steps that fail scan again.
   *
   * @param wanted whether the table is read; one element
   */
  public PTransform<PBegin, PCollection<ItemPage>> onlyIf(PCollectionView<Boolean> wanted) {
    spec.check();
    return new ScanIfWanted(spec, wanted);
  }

  /** Returns the same scan with a segment for each 16 MB of the size that DynamoDB last counted. */
  public ScanTable inSmallSegments() {
    return new ScanTable(spec.withSegmentsUpTo(SMALL_SEGMENT_BYTES));
  }

  /** Returns the settings that reads of the same table by other requests share with the scan. */
  public TableAccess access() {
    return spec;
  }

  /** Whether reads are strongly consistent. */
  public boolean isConsistent() {
    return spec.isConsistent();
  }

  /** Returns what there is to read, by what DynamoDB last reported. */
  public ReadLoad load() {
    return new ReadLoad(spec.items(), spec.bytes(), segments(), isConsistent());
  }

  /** Returns the number of segments: each has pages, one of which is the last. */
  public int segments() {
    return spec.segments();
  }

  /**
   * Estimates the time and cost from what DynamoDB reports about the table.
   *
   * @throws IllegalArgumentException when the table has no such index, or it cannot be read
   *     consistently
   */
  public ReadForecast forecast(Prices prices) {
    spec.check();
    return spec.forecast(prices);
  }

  /**
   * @throws IllegalArgumentException when the table has no such index, or it cannot be read
   *     consistently
   */
  @Override
  public PCollection<ItemPage> expand(PBegin begin) {
    spec.check();
    PCollection<ItemPage> pages = begin.apply("Scan", Read.from(ScanSource.of(spec)));
    if (spec.partBytes() == 0) {
      return pages.apply(
          "Do not scan again", Reshuffle.<ItemPage>viaRandomKey().withNumBuckets(spec.buckets()));
    }
    // The group has one consumer, which passes the pages on: Flink would hold it on the heap for
    // two.
    return pages
        .apply("Parts", WithKeys.of(ItemPage::part).withKeyType(TypeDescriptors.integers()))
        .apply("Group parts", GroupByKey.create())
        .apply("Pages of parts", Values.create())
        .apply("Pages", Flatten.iterables());
  }
}
