/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.WorkerJvm;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.item.SourcedItem;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Writes to a table in a JVM of its own: items of one unit, each with a key of its own. */
public final class WriterJvm implements WorkerJvm.Work, WriteResults<Long> {
  private final WriteSession session;
  private long written;

  private WriterJvm(WriteSession session) {
    this.session = session;
  }

  /** Starts the JVM; see {@link WorkerJvm#start}. */
  public static WorkerJvm start(WriteSpec spec, String... arguments) {
    return WorkerJvm.start(WriterJvm.class, spec, arguments);
  }

  /** What the JVM does. */
  public static void main(String[] args) throws Exception {
    WorkerJvm.serve(
        (spec, options) -> new WriterJvm(WriteSession.enter((WriteSpec) spec, options)), args);
  }

  @Override
  public void workWhile(BooleanSupplier wanted) throws IOException, InterruptedException {
    BatchWriter<Long> writer = new BatchWriter<>(session, this);
    String prefix = ProcessHandle.current().pid() + "-";
    while (wanted.getAsBoolean()) {
      writer.put(TestTable.item(prefix + written, "x"), written);
      written++;
    }
    writer.finish();
  }

  @Override
  public void done(WriteAction action, SourcedItem item, Long context) {}

  @Override
  public void refused(WriteAction action, SourcedItem item, Long context, String message) {
    throw new IllegalStateException(message);
  }

  @Override
  public void answered(int unprocessed, Map<String, Double> consumed) {}

  @Override
  public void failed(RequestFailure kind, RuntimeException why) {}
}
