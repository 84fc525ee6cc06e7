/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.time.Duration;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClientBuilder;

/** Creates DynamoDB clients for the workers, from Beam's AWS options. */
public final class Clients {
  /**
   * Marks a factory whose clients keep to the budget by themselves, for other users of the clients.
   */
  public interface BudgetKeeping extends ClientBuilderFactory {}

  /** Marks a factory that leaves everything to Beam's but the credentials. */
  public interface ForCredentials extends ClientBuilderFactory {}

  /** The most requests that one JVM has in flight to a table. */
  public static final int MAX_IN_FLIGHT = DirectRoute.MAX_CONNECTIONS;

  /** A write takes milliseconds: one that takes longer than this is sent again. */
  public static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

  /** A page takes a tenth of a second: one that takes longer than this is requested again. */
  public static final Duration LONGEST_READ = Duration.ofSeconds(30);

  private Clients() {}

  /** Creates a client that does not retry: that is up to the caller. */
  public static DynamoDbWire of(
      DynamoDbWire.Operation operation,
      String table,
      Duration longest,
      ClientConfiguration config,
      AwsOptions options) {
    ClientOverrideConfiguration.Builder settings =
        ClientOverrideConfiguration.builder()
            .retryStrategy(retry -> retry.maxAttempts(1))
            .apiCallAttemptTimeout(longest);
    DynamoDbWire.addTo(settings);
    DynamoDbClientBuilder builder =
        factory(options)
            .create(DynamoDbClient.builder(), config, options)
            .overrideConfiguration(settings.build());
    SdkHttpClient http = isHttpOurs(config, options) ? http().build() : null;
    if (http != null) {
      builder.httpClient(http);
    }
    return new DynamoDbWire(builder.build(), http, operation, table);
  }

  /**
   * Creates a client of the SDK that does not retry: that is up to the caller.
   *
   * @param longest how long a request may take
   */
  public static DynamoDbClient trying(
      Duration longest, ClientConfiguration config, AwsOptions options) {
    DynamoDbClientBuilder builder =
        factory(options).create(DynamoDbClient.builder(), config, options);
    setTimeouts(builder, config, options);
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .retryStrategy(retry -> retry.maxAttempts(1))
                .apiCallAttemptTimeout(longest)
                .addExecutionInterceptor(new AnswerCheck())
                .build())
        .build();
  }

  /** Creates a client of the SDK that retries as the SDK does, for few requests. */
  public static DynamoDbClient retrying(ClientConfiguration config, AwsOptions options) {
    DynamoDbClientBuilder builder =
        factory(options).create(DynamoDbClient.builder(), config, options);
    setTimeouts(builder, config, options);
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new AnswerCheck())
                .build())
        .build();
  }

  /**
   * Creates a client of DynamoDB Streams that does not retry: that is up to the caller.
   *
   * @param longest how long a request may take
   */
  public static DynamoDbStreamsClient streams(
      Duration longest, ClientConfiguration config, AwsOptions options) {
    DynamoDbStreamsClientBuilder builder =
        factory(options).create(DynamoDbStreamsClient.builder(), config, options);
    if (isHttpOurs(config, options)) {
      builder.httpClientBuilder(http());
    }
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .retryStrategy(retry -> retry.maxAttempts(1))
                .apiCallAttemptTimeout(longest)
                .addExecutionInterceptor(new AnswerCheck())
                .build())
        .build();
  }

  /** Sets timeouts and the number of connections, unless the options do. */
  public static void setTimeouts(
      DynamoDbClientBuilder builder, ClientConfiguration config, AwsOptions options) {
    if (isHttpOurs(config, options)) {
      builder.httpClientBuilder(http());
    }
  }

  private static boolean isHttpOurs(ClientConfiguration config, AwsOptions options) {
    ClientBuilderFactory factory = factory(options);
    return (factory == ClientBuilderFactory.defaultFactory() || factory instanceof ForCredentials)
        && options.getHttpClientConfiguration() == null
        && options.getProxyConfiguration() == null
        && !Boolean.TRUE.equals(config.skipCertificateVerification());
  }

  private static ClientBuilderFactory factory(AwsOptions options) {
    ClientBuilderFactory set = ClientBuilderFactory.getFactory(options);
    // Here the budget is kept before the request is sent.
    return set instanceof BudgetKeeping ? ClientBuilderFactory.defaultFactory() : set;
  }

  private static ApacheHttpClient.Builder http() {
    return ApacheHttpClient.builder()
        .maxConnections(MAX_IN_FLIGHT)
        .connectionTimeout(DirectRoute.LIMITS.connect())
        .socketTimeout(DirectRoute.LIMITS.silence());
  }
}
