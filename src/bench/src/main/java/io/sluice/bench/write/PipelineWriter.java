/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Stopwatch;
import io.sluice.bench.harness.Target;
import io.sluice.capacity.Budget;
import io.sluice.dynamodb.write.WriteEngine;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.aws2.dynamodb.AttributeValueCoder;
import org.apache.beam.sdk.io.aws2.dynamodb.DynamoDBIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Runs a pipeline on the DirectRunner with as many threads as there are workers, which makes the
 * items a bundle at a time and writes them.
 */
final class PipelineWriter implements Contender.Writer {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse(Target.KEY));

  private final Task task;
  private final Sink sink;

  /** Makes the items of bundles and writes them. */
  interface Sink {
    void write(PCollection<Long> bundles, Task task, int bundleSize, long end);
  }

  PipelineWriter(Task task, Sink sink) {
    this.task = task;
    this.sink = sink;
  }

  @Override
  public void write(long first, long count) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner",
                    "--targetParallelism=" + task.workers(),
                    "--enforceImmutability=false",
                    "--enforceEncodability=false")
                .create());
    int size = task.bundleOf(count);
    List<Long> starts = new ArrayList<>();
    for (long start = first; start < first + count; start += size) {
      starts.add(start);
    }
    // On this runner each number in the shuffle's output is a bundle of its own.
    PCollection<Long> bundles =
        pipeline.apply("Bundles", Create.of(starts)).apply("One by one", Reshuffle.viaRandomKey());
    sink.write(bundles, task, size, first + count);
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
  }

  /** Sluice's transform; the items count as checked already, like those of an import. */
  record Sluice(WriteEngine engine) implements Sink {
    @Override
    public void write(PCollection<Long> bundles, Task task, int bundleSize, long end) {
      bundles
          .apply("Make items", ParDo.of(new SourcedItemsFn(task.itemBytes(), bundleSize, end)))
          .apply(
              "Write",
              WriteTable.to(Target.TABLE, KEY)
                  .withClient(task.client())
                  .withEngine(engine)
                  .withBudget(Budget.ofRatio(task.ratio()))
                  .withCheckedItems());
    }
  }

  /** Beam's transform by itself, with its own kind of items. */
  record Beam() implements Sink {
    @Override
    public void write(PCollection<Long> bundles, Task task, int bundleSize, long end) {
      bundles
          .apply("Make items", ParDo.of(new ItemsFn(task.itemBytes(), bundleSize, end)))
          .setCoder(MapCoder.of(StringUtf8Coder.of(), AttributeValueCoder.of()))
          .apply(
              "Write",
              DynamoDBIO.<Map<String, AttributeValue>>write()
                  .withClientConfiguration(task.client())
                  .withWriteRequestMapperFn(
                      item ->
                          KV.of(
                              Target.TABLE,
                              WriteRequest.builder().putRequest(put -> put.item(item)).build())));
    }
  }

  private abstract static class MakeFn<T> extends DoFn<Long, T> {
    private static final long serialVersionUID = 1L;
    private final int itemBytes;
    private final int bundleSize;
    private final long end;
    private transient Items items;

    MakeFn(int itemBytes, int bundleSize, long end) {
      this.itemBytes = itemBytes;
      this.bundleSize = bundleSize;
      this.end = end;
    }

    abstract T of(Map<String, AttributeValue> item);

    @Setup
    public void setup() {
      items = new Items(itemBytes);
    }

    @ProcessElement
    public void processElement(@Element Long start, OutputReceiver<T> out) {
      Stopwatch.begin();
      for (long number = start; number < Math.min(end, start + bundleSize); number++) {
        out.output(of(items.item(number)));
      }
    }
  }

  private static final class SourcedItemsFn extends MakeFn<SourcedItem> {
    private static final long serialVersionUID = 1L;

    SourcedItemsFn(int itemBytes, int bundleSize, long end) {
      super(itemBytes, bundleSize, end);
    }

    @Override
    SourcedItem of(Map<String, AttributeValue> item) {
      return SourcedItem.withoutOrigin(item);
    }
  }

  private static final class ItemsFn extends MakeFn<Map<String, AttributeValue>> {
    private static final long serialVersionUID = 1L;

    ItemsFn(int itemBytes, int bundleSize, long end) {
      super(itemBytes, bundleSize, end);
    }

    @Override
    Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
      return item;
    }
  }
}
