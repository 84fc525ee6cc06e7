/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.item.page.SourcedPage;
import io.sluice.report.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * The ways to write items to DynamoDB. Each is a transform of pages of checked items that emits a
 * tally only when the items that it counts are written.
 */
public enum WriteEngine {
  /** Sluice's own engine: many batches in flight for each worker thread, as many as speed it up. */
  ASYNC {
    @Override
    PTransform<PCollection<SourcedPage>, Outcome> writer(WriteSpec spec) {
      return new AsyncWriter(spec);
    }
  },
  /** Beam's DynamoDBIO: one batch of 25 in flight for each worker thread. It deletes nothing. */
  DYNAMODBIO {
    @Override
    PTransform<PCollection<SourcedPage>, Outcome> writer(WriteSpec spec) {
      return new DynamoDbIoWriter(spec);
    }
  };

  abstract PTransform<PCollection<SourcedPage>, Outcome> writer(WriteSpec spec);

  /** Reads a name in any case. */
  public static WriteEngine parse(String name) {
    for (WriteEngine engine : values()) {
      if (engine.name().equalsIgnoreCase(name)) {
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + name
            + "' must be "
            + Arrays.stream(values())
                .map(engine -> engine.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or ")));
  }
}
