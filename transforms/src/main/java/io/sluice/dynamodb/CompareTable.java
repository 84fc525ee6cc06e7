/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.BackOffUtils;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * Compares items with those of a table, by consistent reads in batches of 100 keys. An item that
 * the table has too goes on and is counted as {@link Count#MATCHED}; one that it lacks, or has with
 * other attributes, becomes a rejection that names the attributes. Items are in the global window
 * and have a valid key.
 *
 * <p>Costs one read unit for each 4 KB of an item, rounded up. Throttled keys are asked for again,
 * with growing pauses, for five minutes; then the bundle fails.
 */
public final class CompareTable extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  private record Spec(String table, KeySchema schema, ClientConfiguration client)
      implements Serializable {}

  private final Spec spec;

  private CompareTable(Spec spec) {
    this.spec = spec;
  }

  public static CompareTable with(String table, KeySchema schema) {
    return new CompareTable(new Spec(table, schema, ClientConfiguration.EMPTY));
  }

  /** How DynamoDB is reached; what it leaves open comes from Beam's AWS options. */
  public CompareTable withClient(ClientConfiguration client) {
    return new CompareTable(new Spec(spec.table, spec.schema, client));
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    return Outcome.of(
        items.apply(
            "Compare",
            ParDo.of(new CompareFn(spec)).withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS)));
  }

  private static final class CompareFn extends DoFn<SourcedItem, SourcedItem> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CompareTable.class);

    /** The most keys that BatchGetItem takes. */
    private static final int BATCH = 100;

    private static final FluentBackoff PAUSES =
        FluentBackoff.DEFAULT
            .withInitialBackoff(Duration.millis(50))
            .withMaxBackoff(Duration.standardSeconds(10))
            .withMaxCumulativeBackoff(Duration.standardMinutes(5));

    private final Spec spec;
    private transient DynamoDbClient client;
    private transient Map<ItemKey, List<SourcedItem>> batch;
    private transient BundleTally tally;

    /** Where results go: a context of an element, or of the bundle's end. */
    private interface Sink {
      void matched(SourcedItem item);

      void rejected(Rejection rejection);
    }

    CompareFn(Spec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup(PipelineOptions options) {
      client =
          ClientBuilderFactory.buildClient(
              options.as(AwsOptions.class), DynamoDbClient.builder(), spec.client);
    }

    @StartBundle
    public void startBundle() {
      batch = new LinkedHashMap<>();
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(@Element SourcedItem item, MultiOutputReceiver out)
        throws Exception {
      batch
          .computeIfAbsent(ItemKey.of(item.item(), spec.schema), k -> new ArrayList<>(1))
          .add(item);
      if (batch.size() == BATCH) {
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
        reject(item, Reason.MISSING, "the table has no item of this key", sink);
        return;
      }
      Set<String> differing = ItemDiff.differing(item.item(), found);
      if (differing.isEmpty()) {
        tally.add(Count.MATCHED, GlobalWindow.INSTANCE);
        sink.matched(item);
      } else {
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
      List<Map<String, AttributeValue>> keys = new ArrayList<>();
      for (List<SourcedItem> items : batch.values()) {
        keys.add(keyOf(items.get(0).item()));
      }
      Map<ItemKey, Map<String, AttributeValue>> found = new HashMap<>();
      BackOff pauses = PAUSES.backoff();
      Map<String, KeysAndAttributes> open =
          Map.of(spec.table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
      while (true) {
        try {
          BatchGetItemResponse response =
              client.batchGetItem(BatchGetItemRequest.builder().requestItems(open).build());
          for (List<Map<String, AttributeValue>> items : response.responses().values()) {
            for (Map<String, AttributeValue> item : items) {
              found.put(ItemKey.of(item, spec.schema), item);
            }
          }
          open = response.unprocessedKeys();
        } catch (ProvisionedThroughputExceededException e) {
          // None of the keys was read: all of them stay open.
          LOG.debug("Throttled", e);
        }
        if (open.isEmpty()) {
          return found;
        }
        if (!BackOffUtils.next(Sleeper.DEFAULT, pauses)) {
          throw new IOException(
              "the table " + spec.table + " was throttled for five minutes while it was compared");
        }
      }
    }

    private Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
      Map<String, AttributeValue> key = new HashMap<>();
      for (KeyAttribute attribute : spec.schema.attributes()) {
        key.put(attribute.name(), item.get(attribute.name()));
      }
      return key;
    }

    @Teardown
    public void teardown() {
      if (client != null) {
        client.close();
      }
    }
  }
}
