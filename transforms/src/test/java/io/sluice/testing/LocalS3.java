/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The S3 server of {@link LocalAws} as Beam's file systems see it, which are ours for S3 as in our
 * jars.
 */
public final class LocalS3 {
  private LocalS3() {}

  /** For pipelines of tests, also where there is no JUnit 4; for this JVM's file systems, too. */
  public static S3Options options(LocalAws aws) {
    return options(aws, aws.s3Endpoint());
  }

  /** The same at another address, such as that of a proxy. */
  public static S3Options options(LocalAws aws, URI endpoint) {
    S3Options options = PipelineOptionsFactory.create().as(S3Options.class);
    options.setStableUniqueNames(PipelineOptions.CheckEnabled.ERROR);
    options.setEndpoint(endpoint);
    options.setAwsRegion(aws.region());
    options.setAwsCredentialsProvider(aws.credentials());
    options.setS3ClientFactoryClass(PathStyle.class);
    useOurs();
    FileSystems.setDefaultPipelineOptions(options);
    return options;
  }

  /** Gives this thread, and those that it starts, our file system for S3. */
  public static void useOurs() {
    Thread thread = Thread.currentThread();
    if (!(thread.getContextClassLoader() instanceof OwnS3)) {
      thread.setContextClassLoader(new OwnS3(thread.getContextClassLoader()));
    }
  }

  /**
   * Shows our registrar of S3 in the place of Beam's, as the jars of the runners do: Beam takes one
   * file system for a scheme.
   */
  private static final class OwnS3 extends ClassLoader {
    private static final String REGISTRARS =
        "META-INF/services/" + FileSystemRegistrar.class.getName();
    private static final String BEAMS = "beam-sdks-java-io-amazon-web-services2";
    private static final String OURS = "io/sluice/testing/own-s3";

    OwnS3(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals(REGISTRARS)) {
        return super.getResources(name);
      }
      List<URL> found = new ArrayList<>(Collections.list(super.getResources(name)));
      found.removeIf(url -> url.toString().contains(BEAMS));
      found.add(getResource(OURS));
      return Collections.enumeration(found);
    }
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
