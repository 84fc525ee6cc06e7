/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Assignment;
import io.sluice.bench.harness.Target;
import io.sluice.testing.dynamodb.Books;
import java.net.URI;
import java.util.List;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;

/**
 * The work of a contender in its JVM.
 *
 * @param contender who writes
 * @param endpoint the local DynamoDB
 * @param workers worker threads of the runner, or callers' threads, or requests in flight
 * @param itemBytes the size of an item, as DynamoDB counts it
 * @param ratio the share of the capacity that may be used, for contenders that keep to one
 */
public record Task(Contender contender, URI endpoint, int workers, int itemBytes, double ratio)
    implements Assignment {
  /** The maximum number of items in a bundle; a multiple of a batch's. */
  private static final int MOST_IN_BUNDLE = 5_000;

  private static final int LEAST_IN_BUNDLE = 100;

  Target target() {
    return new Target(endpoint);
  }

  /** Returns how Beam's and Sluice's transforms reach the endpoint. */
  public ClientConfiguration client() {
    return target().configuration();
  }

  /** Returns how many items a bundle has, so that each worker gets several bundles. */
  int bundleOf(long items) {
    long share = items / (8L * workers) / Items.BATCH * Items.BATCH;
    return (int) Math.max(LEAST_IN_BUNDLE, Math.min(MOST_IN_BUNDLE, share));
  }

  @Override
  public Class<?> program() {
    return WriteProgram.class;
  }

  @Override
  public long items(Books books) {
    return books.itemsAccepted();
  }

  @Override
  public List<String> toArguments() {
    return List.of(
        contender.name(),
        endpoint.toString(),
        Integer.toString(workers),
        Integer.toString(itemBytes),
        Double.toString(ratio));
  }

  static Task parse(String... arguments) {
    return new Task(
        Contender.valueOf(arguments[0]),
        URI.create(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        Double.parseDouble(arguments[4]));
  }
}
