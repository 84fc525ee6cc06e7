/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The file systems on which tests publish. */
public enum Place {
  LOCAL {
    @Override
    public String newOutput(Path folder) {
      return folder.resolve("out").toString();
    }
  },
  S3 {
    @Override
    public String newOutput(Path folder) {
      return "s3://" + LocalAws.shared().bucket() + "/publish-" + UUID.randomUUID();
    }
  };

  /** Creates an output that no other test uses. */
  public abstract String newOutput(Path folder);

  /** Returns options that reach both; they are also set for this JVM. */
  public static PipelineOptions options() {
    LocalAws aws = LocalAws.shared();
    PipelineOptions options = PipelineOptionsFactory.create();
    AwsOptions awsOptions = options.as(AwsOptions.class);
    awsOptions.setAwsRegion(aws.region());
    awsOptions.setAwsCredentialsProvider(aws.credentials());
    awsOptions.setEndpoint(URI.create(aws.s3Endpoint().toString()));
    options.as(S3Options.class).setS3ClientFactoryClass(PathStyle.class);
    LocalS3.useOurs();
    FileSystems.setDefaultPipelineOptions(options);
    return options;
  }

  /** The addressing that local servers need. */
  public static final class PathStyle implements S3ClientBuilderFactory {
    @Override
    public S3ClientBuilder createBuilder(S3Options options) {
      return new DefaultS3ClientBuilderFactory()
          .createBuilder(options)
          .forcePathStyle(true)
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    }
  }
}
