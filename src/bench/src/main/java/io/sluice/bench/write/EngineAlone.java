/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Stopwatch;
import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.Threads;
import io.sluice.capacity.Budget;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.write.BatchWriter;
import io.sluice.dynamodb.write.WriteAction;
import io.sluice.dynamodb.write.WriteResults;
import io.sluice.dynamodb.write.WriteSession;
import io.sluice.dynamodb.write.WriteSpec;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs Sluice's engine for benchmarks, called by threads of ours instead of a runner's. */
public final class EngineAlone implements Contender.Writer {
  private final Task task;
  private final WriteSpec spec;
  private final Items items;

  public EngineAlone(Task task) {
    this.task = task;
    this.items = new Items(task.itemBytes());
    this.spec = new WriteSpec(Target.TABLE, KeySchema.of(KeyAttribute.parse(Target.KEY)));
    spec.setClient(task.client());
    spec.setBudget(Budget.ofRatio(task.ratio()));
  }

  @Override
  public void write(long first, long count) throws Exception {
    Items.Batches batches = new Items.Batches(first, count);
    AtomicLong written = new AtomicLong();
    Threads.run(
        task.workers(),
        () -> {
          work(batches, written);
          return null;
        });
    if (written.get() != count) {
      throw new IllegalStateException("wrote " + written + " of " + count + " items");
    }
  }

  private void work(Items.Batches batches, AtomicLong written) throws Exception {
    WriteSession session =
        WriteSession.enter(spec, PipelineOptionsFactory.create().as(AwsOptions.class));
    try {
      Stopwatch.begin();
      BatchWriter<Long> writer = new BatchWriter<>(session, new Counting(written));
      for (List<Long> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
        for (Long number : batch) {
          writer.put(SourcedItem.withoutOrigin(items.item(number)), number);
        }
      }
      writer.finish();
    } finally {
      session.leave();
    }
  }

  private record Counting(AtomicLong count) implements WriteResults<Long> {
    @Override
    public void done(WriteAction action, SourcedItem item, Long number) {
      count.incrementAndGet();
    }

    @Override
    public void refused(WriteAction action, SourcedItem item, Long number, String message) {
      throw new IllegalStateException("an item was refused: " + message);
    }

    @Override
    public void answered(int unprocessed, Map<String, Double> consumed) {
      // The endpoint's books show it.
    }

    @Override
    public void failed(RequestFailure kind, RuntimeException why) {
      // The endpoint's books show it.
    }
  }
}
