/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.ItemJson;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Finds what a table has beyond some items: scans the keys of the table, consistently, and makes a
 * rejection of each whose key none of the items has. Its payload is the key. These keys were read
 * too, so each is also counted as {@link Count#READ}, and the counts of a job go on adding up.
 *
 * <p>A scan costs a read unit for each 4 KB of all items, not only of their keys; it knows no rate
 * yet. The keys of a bucket, of table and items, are on the heap together.
 */
public final class FindUnexpected extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;
  private static final int SEGMENTS = 32;
  private static final int BUCKETS = 64;

  private record Spec(String table, KeySchema schema, ClientConfiguration client)
      implements Serializable {}

  private final Spec spec;

  private FindUnexpected(Spec spec) {
    this.spec = spec;
  }

  public static FindUnexpected in(String table, KeySchema schema) {
    return new FindUnexpected(new Spec(table, schema, ClientConfiguration.EMPTY));
  }

  /** How DynamoDB is reached; what it leaves open comes from Beam's AWS options. */
  public FindUnexpected withClient(ClientConfiguration client) {
    return new FindUnexpected(new Spec(spec.table, spec.schema, client));
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    KvCoder<Integer, KV<byte[], byte[]>> coder =
        KvCoder.of(VarIntCoder.of(), KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
    PCollection<KV<Integer, KV<byte[], byte[]>>> expected =
        items.apply("Keys of items", ParDo.of(new KeyFn(spec))).setCoder(coder);
    PCollection<KV<Integer, KV<byte[], byte[]>>> present =
        items
            .getPipeline()
            .apply("Segments", Create.of(IntStream.range(0, SEGMENTS).boxed().toList()))
            .apply("Spread segments", Reshuffle.viaRandomKey())
            .apply("Keys of table", ParDo.of(new ScanFn(spec)))
            .setCoder(coder);
    PCollectionTuple found =
        PCollectionList.of(expected)
            .and(present)
            .apply("Both", Flatten.pCollections())
            .apply("Group keys", GroupByKey.create())
            .apply(
                "Subtract",
                ParDo.of(new SubtractFn()).withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS));
    return Outcome.ofLast(found.get(Outcome.REJECTIONS), found.get(Outcome.TALLIES));
  }

  /** To a bucket: the key, and nothing, for the table's side has the key as JSON there. */
  private static final class KeyFn extends DoFn<SourcedItem, KV<Integer, KV<byte[], byte[]>>> {
    private static final long serialVersionUID = 1L;
    private static final byte[] EXPECTED = {};
    private final Spec spec;

    KeyFn(Spec spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void processElement(
        @Element SourcedItem item, OutputReceiver<KV<Integer, KV<byte[], byte[]>>> out)
        throws Exception {
      ItemKey key = ItemKey.of(item.item(), spec.schema);
      out.output(KV.of(key.bucket(BUCKETS), KV.of(key.bytes(), EXPECTED)));
    }
  }

  private static final class ScanFn extends DoFn<Integer, KV<Integer, KV<byte[], byte[]>>> {
    private static final long serialVersionUID = 1L;
    private final Spec spec;
    private transient DynamoDbClient client;

    ScanFn(Spec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup(PipelineOptions options) {
      client =
          ClientBuilderFactory.buildClient(
              options.as(AwsOptions.class), DynamoDbClient.builder(), spec.client);
    }

    @ProcessElement
    public void processElement(
        @Element Integer segment, OutputReceiver<KV<Integer, KV<byte[], byte[]>>> out)
        throws Exception {
      for (Map<String, AttributeValue> item : client.scanPaginator(scan(segment)).items()) {
        ItemKey key = ItemKey.of(item, spec.schema);
        byte[] json = ItemJson.toJson(item).getBytes(UTF_8);
        out.output(KV.of(key.bucket(BUCKETS), KV.of(key.bytes(), json)));
      }
    }

    private ScanRequest scan(int segment) {
      Map<String, String> names = new HashMap<>();
      List<KeyAttribute> keys = spec.schema.attributes();
      for (int i = 0; i < keys.size(); i++) {
        names.put("#k" + i, keys.get(i).name());
      }
      return ScanRequest.builder()
          .tableName(spec.table)
          .segment(segment)
          .totalSegments(SEGMENTS)
          .consistentRead(true)
          .projectionExpression(String.join(",", names.keySet()))
          .expressionAttributeNames(names)
          .build();
    }

    @Teardown
    public void teardown() {
      if (client != null) {
        client.close();
      }
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
