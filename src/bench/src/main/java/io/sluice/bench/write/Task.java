/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import java.net.URI;
import java.util.List;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * What a contender is to do in its JVM.
 *
 * @param contender who writes
 * @param endpoint the simulated DynamoDB
 * @param workers worker threads of the runner, or callers' threads, or requests in flight
 * @param itemBytes the size of an item, as DynamoDB counts it
 * @param ratio the share of the capacity that may be used, for those that keep to one
 */
public record Task(Contender contender, URI endpoint, int workers, int itemBytes, double ratio) {
  /** The table of all benchmarks, whose key is {@code id:S}. */
  public static final String TABLE = "items";

  static final Region REGION = Region.US_EAST_1;

  /** Items of a bundle at the most; a multiple of a batch's. */
  private static final int MOST_IN_BUNDLE = 5_000;

  private static final int LEAST_IN_BUNDLE = 100;

  static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
  }

  /** How Beam's and Sluice's transforms reach the endpoint. */
  public ClientConfiguration client() {
    return ClientConfiguration.builder()
        .endpoint(endpoint)
        .region(REGION)
        .credentialsProvider(credentials())
        .build();
  }

  /** How many items a bundle has, so that each worker gets several bundles. */
  int bundleOf(long items) {
    long share = items / (8L * workers) / Items.BATCH * Items.BATCH;
    return (int) Math.max(LEAST_IN_BUNDLE, Math.min(MOST_IN_BUNDLE, share));
  }

  List<String> toArguments() {
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
