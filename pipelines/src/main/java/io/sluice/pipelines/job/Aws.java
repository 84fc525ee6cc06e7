/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.dynamodb.wire.AnswerCheck;
import io.sluice.pipelines.account.Accounts;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.storage.S3Meter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Provides access to AWS according to the options, on the submitting machine and on the workers.
 */
public final class Aws {
  static final String LOCAL_DYNAMODB = "http://localhost:8000";
  static final String LOCAL_S3 = "http://localhost:9090";

  private static final StaticCredentialsProvider LOCAL_CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("localkey", "localsecret"));

  /** As in {@code arn:aws:dynamodb:us-east-1:123456789012:table/trips}. */
  private static final int ARN_REGION = 3;

  private static final Duration FIRST_CONTACT = Duration.ofSeconds(10);
  private static final int FIRST_ATTEMPTS = 4;

  private Aws() {}

  /**
   * Completes the options: those that {@code --local} stands for, and Beam's access to S3. All
   * settings are options, since those are what reaches the workers of a cluster.
   *
   * @throws UsageException when no region is known, or an endpoint is not a URL
   */
  public static void configure(SluiceOptions options) {
    configure(options, null);
  }

  /** Does the same for a pipeline that uses Glue, with an endpoint of its own if one is given. */
  public static void configure(SluiceOptions options, @Nullable String glueEndpoint) {
    if (options.isLocal()) {
      if (options.getDynamodbEndpoint() == null) {
        options.setDynamodbEndpoint(LOCAL_DYNAMODB);
      }
      if (options.getS3Endpoint() == null) {
        options.setS3Endpoint(LOCAL_S3);
      }
      options.setAwsRegion(Region.US_EAST_1);
      options.setAwsCredentialsProvider(LOCAL_CREDENTIALS);
    }
    List<String> problems = new ArrayList<>();
    checkUrl("dynamodbEndpoint", options.getDynamodbEndpoint(), problems);
    checkUrl("s3Endpoint", options.getS3Endpoint(), problems);
    checkUrl("glueEndpoint", glueEndpoint, problems);
    checkUrl("stsEndpoint", options.getStsEndpoint(), problems);
    Accounts.configure(options, problems);
    if (regionOf(options) == null) {
      problems.add(
          "--awsRegion is not set, nor is there a region in the environment or the AWS profile;"
              + " give one such as --awsRegion=us-east-1, or --local for the embedded AWS");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    options.setS3ClientFactoryClass(EndpointS3ClientFactory.class);
    S3Meter.begin();
  }

  private static void checkUrl(String option, @Nullable String url, List<String> problems) {
    try {
      if (url == null) {
        return;
      }
      URI uri = new URI(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return;
      }
    } catch (URISyntaxException e) {
      // Reported below.
    }
    problems.add("--" + option + "=" + url + " must be a URL such as http://localhost:8000");
  }

  private static Region regionOf(SluiceOptions options) {
    try {
      return options.getAwsRegion();
    } catch (SdkClientException e) {
      return null;
    }
  }

  /**
   * Returns the workers' access to DynamoDB; Beam's AWS options apply to everything that it leaves
   * open.
   */
  public static ClientConfiguration dynamodb(SluiceOptions options) {
    return at(options.getDynamodbEndpoint());
  }

  /**
   * Returns the workers' access to a service; Beam's AWS options apply to everything that it leaves
   * open.
   */
  public static ClientConfiguration at(@Nullable String endpoint) {
    ClientConfiguration.Builder client = ClientConfiguration.builder();
    if (endpoint != null) {
      client.endpoint(URI.create(endpoint));
    }
    return client.build();
  }

  /**
   * Creates a client for the submitting program, which must close it. It gives up within seconds:
   * this is the first contact, and a person waits for the answer.
   */
  public static DynamoDbClient dynamodbClient(SluiceOptions options) {
    ClientOverrideConfiguration impatient =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(FIRST_CONTACT)
            .retryStrategy(retry -> retry.maxAttempts(FIRST_ATTEMPTS))
            .addExecutionInterceptor(new AnswerCheck())
            .build();
    return ClientBuilderFactory.getFactory(options)
        .create(DynamoDbClient.builder(), dynamodb(options), options)
        .overrideConfiguration(impatient)
        .build();
  }

  /**
   * Checks that requests go to the region of a table that is named by its ARN.
   *
   * @throws JobException when they go to another
   */
  public static void checkRegion(SluiceOptions options, String table) {
    String region = table.startsWith("arn:") ? table.split(":", -1)[ARN_REGION] : null;
    if (region != null
        && options.getDynamodbEndpoint() == null
        && !region.equals(options.getAwsRegion().id())) {
      throw new JobException(
          "the table %s is in %s, and requests would go to %s: give --awsRegion=%s"
              .formatted(table, region, options.getAwsRegion(), region));
    }
  }

  /** Names DynamoDB's endpoint for a message. */
  public static String dynamodbName(SluiceOptions options) {
    String endpoint = options.getDynamodbEndpoint();
    return endpoint == null ? "DynamoDB in " + options.getAwsRegion() : endpoint;
  }

  /** Gives S3 an endpoint of its own, since Beam's option is shared with DynamoDB. */
  public static final class EndpointS3ClientFactory implements S3ClientBuilderFactory {
    private final S3ClientBuilderFactory beams = new DefaultS3ClientBuilderFactory();

    @Override
    public S3ClientBuilder createBuilder(S3Options options) {
      S3ClientBuilder builder = beams.createBuilder(options);
      String endpoint = options.as(SluiceOptions.class).getS3Endpoint();
      return endpoint == null
          ? builder
          : builder
              .endpointOverride(URI.create(endpoint))
              .forcePathStyle(true)
              // Not all compatible servers know the checksums that newer SDKs send by default.
              .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    }
  }
}
