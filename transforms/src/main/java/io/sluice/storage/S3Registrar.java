/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Registers our S3 file system with Beam. Beam takes one file system for a scheme, so the library
 * itself does not register it as a service: a program that names it in {@code META-INF/services}
 * has to leave out the entry of {@code org.apache.beam.sdk.io.aws2.s3.S3FileSystemRegistrar}, as
 * our jars do.
 */
public final class S3Registrar implements FileSystemRegistrar {
  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    S3FileSystemConfiguration config =
        S3FileSystemConfiguration.fromS3Options(options.as(S3Options.class));
    return List.of(new S3FileSystem(config));
  }
}
