/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.apache.beam.sdk.testing.TestPipeline;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The S3 server of {@link LocalAws} as Beam's file systems see it. */
public final class LocalS3 {
  private LocalS3() {}

  /** For {@link TestPipeline#fromOptions}; gives this JVM's file systems the server, too. */
  public static S3Options options(LocalAws aws) {
    S3Options options = TestPipeline.testingPipelineOptions().as(S3Options.class);
    options.setEndpoint(aws.s3Endpoint());
    options.setAwsRegion(aws.region());
    options.setAwsCredentialsProvider(aws.credentials());
    options.setS3ClientFactoryClass(PathStyle.class);
    FileSystems.setDefaultPipelineOptions(options);
    return options;
  }

  /** What localhost needs. */
  public static final class PathStyle implements S3ClientBuilderFactory {
    private final S3ClientBuilderFactory beams = new DefaultS3ClientBuilderFactory();

    @Override
    public S3ClientBuilder createBuilder(S3Options options) {
      return beams
          .createBuilder(options)
          .forcePathStyle(true)
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    }
  }
}
