/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The least work that reads a table on the SDK: one thread for each segment. */
final class BareScan implements Contender.Reader {
  private final DynamoDbClient client;

  BareScan(Target target) {
    client = target.client(Contender.SEGMENTS);
  }

  @Override
  public long read() throws Exception {
    AtomicInteger segments = new AtomicInteger();
    AtomicLong items = new AtomicLong();
    Threads.run(
        Contender.SEGMENTS,
        () -> {
          items.addAndGet(scan(segments.getAndIncrement()));
          return null;
        });
    return items.get();
  }

  private long scan(int segment) {
    long items = 0;
    for (ScanResponse page :
        client.scanPaginator(
            scan ->
                scan.tableName(Target.TABLE).segment(segment).totalSegments(Contender.SEGMENTS))) {
      items += page.items().size();
    }
    return items;
  }
}
