/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.net.URI;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The local DynamoDB of all benchmarks, and how to reach it. */
public record Target(URI endpoint) {
  /** The name of its table, whose key is {@link #KEY}. */
  public static final String TABLE = "items";

  public static final String KEY = "id:S";

  public static final Region REGION = Region.US_EAST_1;

  public static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
  }

  /** Returns the configuration for Beam's and Sluice's transforms. */
  public ClientConfiguration configuration() {
    return ClientConfiguration.builder()
        .endpoint(endpoint)
        .region(REGION)
        .credentialsProvider(credentials())
        .build();
  }

  /** Creates the SDK's synchronous client with at most this many connections. */
  public DynamoDbClient client(int connections) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(credentials())
        .httpClientBuilder(ApacheHttpClient.builder().maxConnections(connections))
        .build();
  }
}
