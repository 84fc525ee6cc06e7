/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Compares items with those of a table, by consistent reads in batches of 100 keys. An item that
 * the table has too goes on and is counted as {@link Count#MATCHED}; one that it lacks, or has with
 * other attributes, becomes a rejection that names the attributes. Items are in the global window
 * and have a valid key.
 *
 * <p>Costs one read unit for each 4 KB of an item, rounded up. What is throttled, or gets no good
 * answer, is asked for again, with growing pauses, for ten minutes; after one of answers that are
 * not DynamoDB's, the bundle fails.
 */
public final class CompareTable extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  private record Spec(String table, KeySchema schema, ClientConfiguration client, Duration retryFor)
      implements Serializable {}

  private final Spec spec;

  private CompareTable(Spec spec) {
    this.spec = spec;
  }

  public static CompareTable with(String table, KeySchema schema) {
    return new CompareTable(
        new Spec(table, schema, ClientConfiguration.EMPTY, RetryWindow.RETRY_FOR));
  }

  /** How DynamoDB is reached; what it leaves open comes from Beam's AWS options. */
  public CompareTable withClient(ClientConfiguration client) {
    return new CompareTable(new Spec(spec.table, spec.schema, client, spec.retryFor));
  }

  /** For how long it may go wrong to read keys, ten minutes by default; for tests. */
  public CompareTable withRetryFor(Duration time) {
    return new CompareTable(new Spec(spec.table, spec.schema, spec.client, time));
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
      client = Clients.trying(Clients.LONGEST_READ, spec.client, options.as(AwsOptions.class));
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
      RetryWindow patience = new RetryWindow(spec.retryFor);
      Map<String, KeysAndAttributes> open =
          Map.of(spec.table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
      while (true) {
        long began = System.nanoTime();
        RequestFailure kind;
        String why;
        try {
          BatchGetItemResponse response =
              client.batchGetItem(BatchGetItemRequest.builder().requestItems(open).build());
          for (List<Map<String, AttributeValue>> items : response.responses().values()) {
            for (Map<String, AttributeValue> item : items) {
              found.put(ItemKey.of(item, spec.schema), item);
            }
          }
          open = response.unprocessedKeys();
          if (open.isEmpty()) {
            return found;
          }
          kind = RequestFailure.THROTTLED;
          why = "keys are left unprocessed";
        } catch (SdkException e) {
          // None of the keys was read: all of them stay open.
          kind = RequestFailure.of(e);
          why = RequestFailure.nameOf(e);
          if (!kind.isPassing()) {
            throw new IOException(readFailed(why), RequestFailure.withoutContents(e));
          }
        }
        OptionalLong pause = patience.failed(kind, System.nanoTime() - began);
        if (pause.isEmpty()) {
          throw new IOException(readFailed(why));
        }
        LOG.debug("The table {} is read again: {}", spec.table, why);
        TimeUnit.NANOSECONDS.sleep(pause.getAsLong());
      }
    }

    private String readFailed(String why) {
      return "The table " + spec.table + " cannot be read: " + why;
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
