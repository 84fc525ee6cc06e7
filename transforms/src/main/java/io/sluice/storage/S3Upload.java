/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.io.aws2.s3.SSECustomerKey;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copies objects within S3, and completes multipart uploads. */
final class S3Upload {

  /** The maximum that one request copies; also the part size for a larger object. */
  static final long MOST_COPIED = 5L << 30;

  private S3Upload() {}

  /**
   * Completes an upload. If the answer to a first attempt was lost and S3 no longer knows the
   * upload, it is complete if the object exists with its length.
   */
  static void complete(
      S3Calls calls,
      S3Place place,
      String uploadId,
      List<CompletedPart> parts,
      long bytes,
      @Nullable CreateOptions options)
      throws IOException {
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .uploadId(uploadId)
            .ifNoneMatch(options == null ? null : condition(options))
            .multipartUpload(upload -> upload.parts(parts))
            .build();
    try {
      calls.call(place, client -> client.completeMultipartUpload(request));
    } catch (FileNotFoundException e) {
      if (length(calls, place) != bytes) {
        throw e;
      }
    }
  }

  /** Returns the condition under which an object is made: that there is none, or no condition. */
  static @Nullable String condition(CreateOptions options) {
    return options.expectFileToNotExist() ? "*" : null;
  }

  /**
   * @throws FileNotFoundException when there is no such object
   */
  static long length(S3Calls calls, S3Place place) throws IOException {
    SSECustomerKey key = calls.config().getSSECustomerKey();
    HeadObjectRequest request =
        HeadObjectRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .sseCustomerKey(key.getKey())
            .sseCustomerAlgorithm(key.getAlgorithm())
            .sseCustomerKeyMD5(key.getMD5())
            .build();
    return calls.call(place, client -> client.headObject(request)).contentLength();
  }

  /** Copies an object, replacing one that exists. */
  static void copy(S3Calls calls, S3Place from, S3Place to, long mostAtOnce) throws IOException {
    long bytes = from.bytes() >= 0 ? from.bytes() : length(calls, from);
    if (bytes > mostAtOnce) {
      copyInParts(calls, from, to, bytes, mostAtOnce);
      return;
    }
    S3FileSystemConfiguration config = calls.config();
    SSECustomerKey key = config.getSSECustomerKey();
    CopyObjectRequest request =
        CopyObjectRequest.builder()
            .sourceBucket(from.bucket())
            .sourceKey(from.key())
            .destinationBucket(to.bucket())
            .destinationKey(to.key())
            .storageClass(config.getS3StorageClass())
            .serverSideEncryption(config.getSSEAlgorithm())
            .ssekmsKeyId(config.getSSEKMSKeyId())
            .bucketKeyEnabled(config.getBucketKeyEnabled() ? true : null)
            .sseCustomerKey(key.getKey())
            .sseCustomerAlgorithm(key.getAlgorithm())
            .sseCustomerKeyMD5(key.getMD5())
            .copySourceSSECustomerKey(key.getKey())
            .copySourceSSECustomerAlgorithm(key.getAlgorithm())
            .copySourceSSECustomerKeyMD5(key.getMD5())
            .build();
    calls.call(from, client -> client.copyObject(request));
  }

  private static void copyInParts(
      S3Calls calls, S3Place from, S3Place to, long bytes, long partBytes) throws IOException {
    S3FileSystemConfiguration config = calls.config();
    SSECustomerKey key = config.getSSECustomerKey();
    CreateMultipartUploadRequest begin =
        CreateMultipartUploadRequest.builder()
            .bucket(to.bucket())
            .key(to.key())
            .storageClass(config.getS3StorageClass())
            .serverSideEncryption(config.getSSEAlgorithm())
            .ssekmsKeyId(config.getSSEKMSKeyId())
            .bucketKeyEnabled(config.getBucketKeyEnabled() ? true : null)
            .sseCustomerKey(key.getKey())
            .sseCustomerAlgorithm(key.getAlgorithm())
            .sseCustomerKeyMD5(key.getMD5())
            .build();
    String uploadId = calls.call(to, client -> client.createMultipartUpload(begin)).uploadId();
    boolean done = false;
    try {
      complete(
          calls, to, uploadId, copyParts(calls, from, to, uploadId, bytes, partBytes), bytes, null);
      done = true;
    } finally {
      if (!done) {
        abort(calls, to, uploadId);
      }
    }
  }

  private static List<CompletedPart> copyParts(
      S3Calls calls, S3Place from, S3Place to, String uploadId, long bytes, long partBytes)
      throws IOException {
    SSECustomerKey key = calls.config().getSSECustomerKey();
    List<CompletedPart> parts = new ArrayList<>();
    for (long start = 0; start < bytes; start += partBytes) {
      int number = parts.size() + 1;
      UploadPartCopyRequest part =
          UploadPartCopyRequest.builder()
              .sourceBucket(from.bucket())
              .sourceKey(from.key())
              .destinationBucket(to.bucket())
              .destinationKey(to.key())
              .uploadId(uploadId)
              .partNumber(number)
              .copySourceRange("bytes=" + start + "-" + (Math.min(bytes, start + partBytes) - 1))
              .sseCustomerKey(key.getKey())
              .sseCustomerAlgorithm(key.getAlgorithm())
              .sseCustomerKeyMD5(key.getMD5())
              .copySourceSSECustomerKey(key.getKey())
              .copySourceSSECustomerAlgorithm(key.getAlgorithm())
              .copySourceSSECustomerKeyMD5(key.getMD5())
              .build();
      String etag = calls.call(from, client -> client.uploadPartCopy(part)).copyPartResult().eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return parts;
  }

  /** Aborts an upload; if that fails, the bucket's lifecycle rule has to remove its parts. */
  static void abort(S3Calls calls, S3Place place, String uploadId) {
    AbortMultipartUploadRequest request =
        AbortMultipartUploadRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .uploadId(uploadId)
            .build();
    try {
      calls.call(place, client -> client.abortMultipartUpload(request));
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }
}
