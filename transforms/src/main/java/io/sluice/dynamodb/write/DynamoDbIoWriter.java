/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.item.ItemNumber;
import io.sluice.item.KeyAttribute;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.dynamodb.DynamoDBIO;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes through Beam's DynamoDBIO. It does not report what it wrote, and fails the bundle when
 * something is left over. So its input is counted, and the counts wait until it is done.
 */
public final class DynamoDbIoWriter extends PTransform<PCollection<SourcedPage>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final WriteSpec spec;

  public DynamoDbIoWriter(WriteSpec spec) {
    this.spec = spec;
  }

  @Override
  public Outcome expand(PCollection<SourcedPage> pages) {
    BudgetedClients.use(pages.getPipeline().getOptions().as(AwsOptions.class));
    PCollectionTuple counted =
        pages.apply(
            "Count",
            ParDo.of(new CountFn(spec)).withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS));
    PCollection<Void> written =
        counted
            .get(Outcome.ITEMS)
            .apply(
                "DynamoDBIO",
                DynamoDBIO.<SourcedItem>write()
                    .withClientConfiguration(spec.client())
                    // Two items with the same key make DynamoDB refuse the whole batch.
                    .withDeduplicateKeys(
                        spec.schema().attributes().stream().map(KeyAttribute::name).toList())
                    .withWriteRequestMapperFn(this::putRequest));
    PCollection<Tally> tallies =
        counted.get(Outcome.TALLIES).apply("Wait until written", Wait.on(written));
    // It rejects nothing: that output stays empty.
    return Outcome.ofLast(counted.get(Outcome.REJECTIONS), tallies);
  }

  private KV<String, WriteRequest> putRequest(SourcedItem sourced) {
    // Here, because this is sure to run where DynamoDBIO's client does.
    BudgetedClients.declare(spec);
    Map<String, AttributeValue> item = new HashMap<>(sourced.item());
    for (KeyAttribute key : spec.schema().attributes()) {
      // DynamoDBIO compares keys as text; to DynamoDB 1 and 1.0 are the same.
      if (key.type() == KeyAttribute.Type.N) {
        item.computeIfPresent(
            key.name(), (name, n) -> AttributeValue.fromN(ItemNumber.canonical(n.n())));
      }
    }
    return KV.of(spec.table(), WriteRequest.builder().putRequest(put -> put.item(item)).build());
  }

  private static final class CountFn extends DoFn<SourcedPage, SourcedItem> {
    private static final long serialVersionUID = 1L;
    private final WriteSpec spec;
    private transient AwsOptions options;
    private transient @Nullable WriteSession session;
    private transient BundleTally tally;

    CountFn(WriteSpec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup(PipelineOptions pipelineOptions) {
      options = pipelineOptions.as(AwsOptions.class);
      if (!spec.createsTable()) {
        session = WriteSession.enter(spec, options);
      }
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element SourcedPage page, OutputReceiver<SourcedItem> out, BoundedWindow window) {
      if (page.isOfDeletes()) {
        throw new IllegalArgumentException(
            "the engine dynamodbio only puts items; the engine async deletes them, too");
      }
      for (SourcedItem item : page) {
        if (spec.isTimeUp()) {
          tally.add(Count.LEFT, window);
        } else {
          if (session == null) {
            // DynamoDBIO creates no table.
            session = WriteSession.enter(spec, options);
          }
          tally.add(Count.WRITTEN, window);
          out.output(item);
        }
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }

    @Teardown
    public void teardown() {
      if (session != null) {
        session.leave();
      }
    }
  }
}
