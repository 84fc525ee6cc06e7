/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.stream.ShardReader;
import java.io.IOException;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Reads all shards of a stream from where the last commit has left them to the present, writes
 * their records to files, and adds one commit that lists the files and the new positions.
 *
 * <p>Each record is in the feed once: files of attempts that failed are in no commit. When several
 * runs are at work at the same time, one of them makes the commit. A feed that begins anew after a
 * gap has again what the stream has left, in the commit that states the gap. Shards are read in any
 * order and side by side, since the changes of a key have an order of their own, which the sequence
 * numbers state.
 */
public final class CaptureStream extends PTransform<PBegin, PCollection<CaptureResult>> {
  private static final long serialVersionUID = 1L;

  private final CaptureTask task;
  private final ClientConfiguration client;
  private final ShardReader.Patience patience;

  private CaptureStream(
      CaptureTask task, ClientConfiguration client, ShardReader.Patience patience) {
    this.task = task;
    this.client = client;
    this.patience = patience;
  }

  /** Captures what a task says. */
  public static CaptureStream of(CaptureTask task) {
    return new CaptureStream(task, ClientConfiguration.EMPTY, ShardReader.Patience.DEFAULT);
  }

  /** Sets how DynamoDB Streams is reached; Beam's AWS options apply to what it leaves open. */
  public CaptureStream withClient(ClientConfiguration config) {
    return new CaptureStream(task, config, patience);
  }

  /** Sets when a shard counts as read to the present. */
  public CaptureStream withPatience(ShardReader.Patience other) {
    return new CaptureStream(task, client, other);
  }

  @Override
  public PCollection<CaptureResult> expand(PBegin begin) {
    PCollectionView<Iterable<ShardResult>> results =
        begin
            .apply(
                "Shards",
                Create.of(task.toReadTogether())
                    .withCoder(SerializableCoder.of(new TypeDescriptor<>() {})))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("Read", ParDo.of(new ReadShardsFn(task, client, patience)))
            .setCoder(SerializableCoder.of(ShardResult.class))
            .apply("Results", View.asIterable());
    return begin
        .apply("Run", Create.of(task).withCoder(SerializableCoder.of(CaptureTask.class)))
        .apply("Commit", ParDo.of(new CommitFn(results)).withSideInputs(results))
        .setCoder(SerializableCoder.of(CaptureResult.class));
  }

  private static final class CommitFn extends DoFn<CaptureTask, CaptureResult> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Iterable<ShardResult>> results;

    CommitFn(PCollectionView<Iterable<ShardResult>> results) {
      this.results = results;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      context.output(new CaptureCommit(context.element(), context.sideInput(results)).make());
    }
  }
}
