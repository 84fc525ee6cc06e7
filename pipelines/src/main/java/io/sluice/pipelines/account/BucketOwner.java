/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.account;

import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Names the owner of the buckets in every request to S3, and gives the owner what is written.
 *
 * @param account that the buckets must belong to; null for any
 * @param givesControl whether objects are given to the owner of the bucket
 */
record BucketOwner(@Nullable String account, boolean givesControl) implements ExecutionInterceptor {
  private static final ObjectCannedACL CONTROL = ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL;

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (!givesControl) {
      return request;
    }
    if (request instanceof PutObjectRequest put) {
      return put.toBuilder().acl(CONTROL).build();
    }
    if (request instanceof CreateMultipartUploadRequest upload) {
      return upload.toBuilder().acl(CONTROL).build();
    }
    return request instanceof CopyObjectRequest copy
        ? copy.toBuilder().acl(CONTROL).build()
        : request;
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    if (account == null) {
      return context.httpRequest();
    }
    SdkHttpRequest.Builder request =
        context.httpRequest().toBuilder().putHeader("x-amz-expected-bucket-owner", account);
    if (context.httpRequest().firstMatchingHeader("x-amz-copy-source").isPresent()) {
      request.putHeader("x-amz-source-expected-bucket-owner", account);
    }
    return request.build();
  }
}
