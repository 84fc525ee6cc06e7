/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.Serializable;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * Counts of requests to S3, each attempt of them, by what AWS asks for them.
 *
 * @param writes that put, copy, complete or list, 0 or more
 * @param reads that get an object or look at it, 0 or more
 */
public record S3Requests(long writes, long reads) implements Serializable {
  private static final Set<Class<? extends SdkRequest>> READS =
      Set.of(GetObjectRequest.class, HeadObjectRequest.class);
  private static final Set<Class<? extends SdkRequest>> FREE =
      Set.of(DeleteObjectsRequest.class, AbortMultipartUploadRequest.class);
  private static final LongAdder WRITES_OF_JVM = new LongAdder();
  private static final LongAdder READS_OF_JVM = new LongAdder();

  /** Returns those that this JVM has sent through this file system, of all jobs. */
  public static S3Requests ofJvm() {
    return new S3Requests(WRITES_OF_JVM.sum(), READS_OF_JVM.sum());
  }

  /** Returns those that were sent since an earlier count. */
  public S3Requests since(S3Requests earlier) {
    return new S3Requests(writes - earlier.writes, reads - earlier.reads);
  }

  /** Builds a client whose requests are counted. */
  static S3Client counted(S3ClientBuilder builder) {
    ClientOverrideConfiguration settings = builder.overrideConfiguration();
    if (settings.executionInterceptors().stream().noneMatch(Counter.class::isInstance)) {
      builder.overrideConfiguration(
          settings.toBuilder().addExecutionInterceptor(new Counter()).build());
    }
    return builder.build();
  }

  private static final class Counter implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes ignored) {
      Class<?> request = sent.request().getClass();
      if (READS.contains(request)) {
        READS_OF_JVM.increment();
      } else if (!FREE.contains(request)) {
        WRITES_OF_JVM.increment();
      }
    }
  }
}
