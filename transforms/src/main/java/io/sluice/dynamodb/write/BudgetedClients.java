/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.dynamodb.wire.AnswerCheck;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;

/**
 * Creates Beam's clients as Beam does, except that DynamoDB clients keep to the budget and retry as
 * patiently as {@link BatchWriter}. Beam's options name this class, because DynamoDBIO accepts no
 * client.
 */
public final class BudgetedClients implements Clients.BudgetKeeping {
  /** The steps that write with Beam's DynamoDBIO in this JVM, by table. */
  private static final Map<String, WriteSpec> STEPS = new ConcurrentHashMap<>();

  /** Some minutes, with the SDK's pauses of up to 20 s between attempts. */
  private static final int ATTEMPTS = 30;

  private static final RetryStrategy RETRY =
      AwsRetryStrategy.standardRetryStrategy().toBuilder()
          .maxAttempts(ATTEMPTS)
          // It would give up early when many requests fail.
          .circuitBreakerEnabled(false)
          .retryOnException(
              e -> e instanceof RuntimeException failure && RequestFailure.of(failure).isPassing())
          .build();

  /** For Beam, which instantiates this class by its name. */
  public BudgetedClients() {}

  /**
   * Makes this pipeline create its clients here.
   *
   * @throws IllegalArgumentException when another factory is set
   */
  static void use(AwsOptions options) {
    Class<? extends ClientBuilderFactory> set = options.getClientBuilderFactory();
    if (set != BudgetedClients.class && set != ClientBuilderFactory.defaultFactory().getClass()) {
      throw new IllegalArgumentException(
          "clientBuilderFactory is "
              + set.getName()
              + ": with it DynamoDBIO would not keep to the budget; the engine async does");
    }
    options.setClientBuilderFactory(BudgetedClients.class);
  }

  /** Declares, on a worker, the step that writes to its table. */
  static void declare(WriteSpec spec) {
    STEPS.put(spec.table(), spec);
  }

  /**
   * Enters, for a request, the session of the step that writes to this table; null when there is
   * none.
   */
  static @Nullable WriteSession enterFor(String table, AwsOptions options) {
    WriteSpec spec = STEPS.get(table);
    return spec == null ? null : WriteSession.enterRequest(spec, options);
  }

  /** Returns how long the answers to a request may not be DynamoDB's. */
  private static Duration patience(SdkRequest request) {
    Duration retryFor = RetryWindow.RETRY_FOR;
    if (request instanceof BatchWriteItemRequest write) {
      for (String table : write.requestItems().keySet()) {
        WriteSpec spec = STEPS.get(table);
        retryFor = spec == null ? retryFor : spec.retryFor();
      }
    }
    return RetryWindow.forUnreadable(retryFor);
  }

  @Override
  public <BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> BuilderT create(
      BuilderT builder, ClientConfiguration config, @Nullable AwsOptions options) {
    BuilderT made = ClientBuilderFactory.defaultFactory().create(builder, config, options);
    if (made instanceof DynamoDbClientBuilder dynamodb && options != null) {
      Clients.setTimeouts(dynamodb, config, options);
      ClientOverrideConfiguration.Builder settings =
          made.overrideConfiguration().toBuilder()
              .addExecutionInterceptor(new AnswerCheck(BudgetedClients::patience))
              .addExecutionInterceptor(new BudgetInterceptor(table -> enterFor(table, options)));
      if (config.retry() == null) {
        settings.retryStrategy(RETRY);
      }
      made.overrideConfiguration(settings.build());
    }
    return made;
  }

  @Override
  public void checkConfiguration(ClientConfiguration config, @Nullable AwsOptions options) {
    ClientBuilderFactory.defaultFactory().checkConfiguration(config, options);
  }
}
