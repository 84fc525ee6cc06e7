/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.account;

import io.sluice.capacity.TimeSource;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.pipelines.cli.AccountOptions;
import java.net.URI;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbBaseClientBuilder;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsBaseClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/**
 * Creates Beam's clients as Beam does, with the role of the table's account for DynamoDB and that
 * of the lake's account for everything else. Beam's options name this class, and options are what
 * reaches the workers.
 */
public final class AccountClients implements Clients.ForCredentials {

  /** For Beam, which instantiates this class by its name. */
  public AccountClients() {}

  @Override
  public <BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> BuilderT create(
      BuilderT builder, ClientConfiguration config, @Nullable AwsOptions options) {
    BuilderT made = ClientBuilderFactory.defaultFactory().create(builder, config, options);
    if (options == null) {
      return made;
    }
    AccountOptions accounts = options.as(AccountOptions.class);
    String arn =
        made instanceof DynamoDbBaseClientBuilder
                || made instanceof DynamoDbStreamsBaseClientBuilder
            ? accounts.getTableRole()
            : accounts.getLakeRole();
    if (arn != null) {
      made.credentialsProvider(provider(arn, accounts, options));
    }
    if (made instanceof S3BaseClientBuilder) {
      made.overrideConfiguration(
          made.overrideConfiguration().toBuilder()
              .addExecutionInterceptor(
                  new BucketOwner(accounts.getLakeAccount(), accounts.isBucketOwnerFullControl()))
              .build());
    }
    return made;
  }

  private static AssumedRole provider(String arn, AccountOptions accounts, AwsOptions options) {
    String sts = accounts.getStsEndpoint();
    return new AssumedRole(
        new AssumedRole.Role(
            arn,
            accounts.getExternalId(),
            options.getAwsRegion(),
            sts == null ? null : URI.create(sts)),
        options.getAwsCredentialsProvider(),
        TimeSource.system());
  }

  @Override
  public void checkConfiguration(ClientConfiguration config, @Nullable AwsOptions options) {
    ClientBuilderFactory.defaultFactory().checkConfiguration(config, options);
  }
}
