/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dynamodb.scan.MeterScan;
import io.sluice.dynamodb.scan.ReadTable;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJson;
import io.sluice.item.page.ItemPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the items of a table that are not among the given items: scans the keys of the table,
 * consistently, and makes a rejection of each key that none of the items has. Its payload is the
 * key. These keys were read too, so each is also counted as {@link Count#READ}, and the counts of a
 * job still add up.
 *
 * <p>A scan costs a read unit for each 4 KB of whole items, not only of their keys. The keys of a
 * bucket, of table and items, are on the heap together.
 */
public final class FindUnexpected extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;
  private static final int BUCKETS = 64;

  private final ScanTable scan;
  private final KeySchema schema;
  private final SurplusScope scope;

  private FindUnexpected(ScanTable scan, KeySchema schema, SurplusScope scope) {
    this.scan = scan;
    this.schema = schema;
    this.scope = scope;
  }

  /**
   * Returns a transform that uses this scan, reduced to the keys.
   *
   * @param scan of the whole table, with its client and budget
   * @param schema the table's primary key
   */
  public static FindUnexpected by(ScanTable scan, KeySchema schema) {
    Map<String, String> names = new TreeMap<>();
    for (KeyAttribute key : schema.attributes()) {
      names.put("#k" + names.size(), key.name());
    }
    return new FindUnexpected(
        scan.withConsistentRead().withProjection(String.join(",", names.keySet())).withNames(names),
        schema,
        SurplusScope.all(schema));
  }

  /** Leaves out the items of the table that are not in this scope; the scan reads them, too. */
  public FindUnexpected within(SurplusScope scope) {
    return new FindUnexpected(scan, schema, scope);
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    PCollection<KV<Integer, KV<byte[], byte[]>>> expected =
        items.apply("Keys of items", KeyFn.of(schema, null)).setCoder(KeyFn.CODER);
    PCollection<ItemPage> pages = items.getPipeline().apply("Scan keys", scan);
    PCollection<KV<Integer, KV<byte[], byte[]>>> present =
        pages
            .apply("Read keys", ReadTable.items())
            .apply("Keys of table", KeyFn.of(schema, scope))
            .setCoder(KeyFn.CODER);
    PCollectionTuple found =
        PCollectionList.of(expected)
            .and(present)
            .apply("Both", Flatten.pCollections())
            .apply("Group keys", GroupByKey.create())
            .apply(
                "Subtract",
                ParDo.of(new SubtractFn()).withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS));
    PCollection<Tally> tallies =
        PCollectionList.of(found.get(Outcome.TALLIES))
            .and(pages.apply("Meter scan", MeterScan.of(scan)))
            .apply("All tallies", Flatten.pCollections());
    return Outcome.ofLast(found.get(Outcome.REJECTIONS), tallies);
  }

  /**
   * Maps an item to its bucket: the key, and the key as JSON if it is the table's, for only those
   * may become rejections.
   */
  private static final class KeyFn extends DoFn<SourcedItem, KV<Integer, KV<byte[], byte[]>>> {
    private static final long serialVersionUID = 1L;
    private static final KvCoder<Integer, KV<byte[], byte[]>> CODER =
        KvCoder.of(VarIntCoder.of(), KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
    private static final byte[] NONE = {};

    private final KeySchema schema;
    private final @Nullable SurplusScope ofTable;

    private KeyFn(KeySchema schema, @Nullable SurplusScope ofTable) {
      this.schema = schema;
      this.ofTable = ofTable;
    }

    /** Maps items of the table that are in a scope; null for those to be found in it. */
    static ParDo.SingleOutput<SourcedItem, KV<Integer, KV<byte[], byte[]>>> of(
        KeySchema schema, @Nullable SurplusScope ofTable) {
      return ParDo.of(new KeyFn(schema, ofTable));
    }

    @ProcessElement
    public void processElement(
        @Element SourcedItem item, OutputReceiver<KV<Integer, KV<byte[], byte[]>>> out)
        throws Exception {
      if (ofTable != null && !ofTable.has(item)) {
        return;
      }
      ItemKey key = ItemKey.of(item.item(), schema);
      byte[] json = ofTable != null ? ItemJson.toJson(item.item()).getBytes(UTF_8) : NONE;
      out.output(KV.of(key.bucket(BUCKETS), KV.of(key.bytes(), json)));
    }
  }

  private static final class SubtractFn
      extends DoFn<KV<Integer, Iterable<KV<byte[], byte[]>>>, SourcedItem> {
    private static final long serialVersionUID = 1L;
    private transient BundleTally tally;

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<KV<byte[], byte[]>>> bucket,
        MultiOutputReceiver out,
        BoundedWindow window) {
      Set<ItemKey> expected = new HashSet<>();
      Map<ItemKey, byte[]> present = new HashMap<>();
      for (KV<byte[], byte[]> key : bucket.getValue()) {
        if (key.getValue().length == 0) {
          expected.add(ItemKey.ofBytes(key.getKey()));
        } else {
          present.put(ItemKey.ofBytes(key.getKey()), key.getValue());
        }
      }
      present.keySet().removeAll(expected);
      for (byte[] json : present.values()) {
        Rejection rejection =
            new Rejection(
                Rejection.Stage.VERIFY,
                Reason.UNEXPECTED,
                "the table has an item whose key is not in the input",
                Origin.UNKNOWN,
                json,
                PayloadFormat.ITEM);
        tally.add(Count.READ, window);
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
