/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.dynamodb.write.WriteEngine;

/** The contenders that write the same items to the same endpoint. */
public enum Contender {
  /** Beam's DynamoDBIO by itself on the DirectRunner, to which the others are compared. */
  BEAM("DynamoDBIO alone") {
    @Override
    Writer writer(Task task) {
      return new PipelineWriter(task, new PipelineWriter.Beam());
    }
  },
  /** Sluice on the DirectRunner, with its own engine. */
  ASYNC("Sluice, async") {
    @Override
    Writer writer(Task task) {
      return new PipelineWriter(task, new PipelineWriter.Sluice(WriteEngine.ASYNC));
    }
  },
  /** Sluice on the DirectRunner, through Beam's DynamoDBIO. */
  DYNAMODBIO("Sluice, dynamodbio") {
    @Override
    Writer writer(Task task) {
      return new PipelineWriter(task, new PipelineWriter.Sluice(WriteEngine.DYNAMODBIO));
    }
  },
  /** Sluice's engine without a runner; the workers are threads. */
  ENGINE("engine alone") {
    @Override
    Writer writer(Task task) {
      return new EngineAlone(task);
    }
  },
  /** The SDK's synchronous client; the workers are threads with a request each. */
  SYNC_LOOP("bare sync loop") {
    @Override
    Writer writer(Task task) {
      return new SyncLoop(task);
    }
  },
  /** The SDK's asynchronous client; the workers are requests in flight. */
  ASYNC_LOOP("bare async loop") {
    @Override
    Writer writer(Task task) {
      return new AsyncLoop(task);
    }
  };

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract Writer writer(Task task);

  /** Writes items; used for several runs. */
  public interface Writer {
    /**
     * Writes this many items, beginning with this number, and returns when all are acknowledged.
     */
    void write(long first, long count) throws Exception;
  }
}
