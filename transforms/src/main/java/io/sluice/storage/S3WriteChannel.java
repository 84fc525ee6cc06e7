/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.io.aws2.s3.SSECustomerKey;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Writes an object, which exists once this is closed, and never in part. Contents that fit into one
 * buffer are one request, larger ones a multipart upload. Not for use by several threads at once.
 */
final class S3WriteChannel implements WritableByteChannel, Abandonable {
  private static final int FIRST_BUFFER = 64 << 10;
  private static final int MOST_PARTS = 10_000;

  private final S3Calls calls;
  private final S3Place place;
  private final CreateOptions options;
  private final List<CompletedPart> parts = new ArrayList<>();
  private final int mostBuffered;
  private byte[] buffer;
  private int buffered;
  private long sent;
  private @Nullable String uploadId;
  private boolean open = true;

  /**
   * @param options whether an object that exists is left as it is; {@link #close} then throws a
   *     FileAlreadyExistsException
   */
  S3WriteChannel(S3Calls calls, S3Place place, CreateOptions options) {
    this.calls = calls;
    this.place = place;
    this.options = options;
    this.mostBuffered = calls.config().getS3UploadBufferSizeBytes();
    if (mostBuffered < S3FileSystemConfiguration.MINIMUM_UPLOAD_BUFFER_SIZE_BYTES) {
      throw new IllegalArgumentException(
          "s3UploadBufferSizeBytes is %d, must be at least %d"
              .formatted(mostBuffered, S3FileSystemConfiguration.MINIMUM_UPLOAD_BUFFER_SIZE_BYTES));
    }
    this.buffer = new byte[Math.min(FIRST_BUFFER, mostBuffered)];
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    int written = from.remaining();
    while (from.hasRemaining()) {
      if (buffered == mostBuffered) {
        sendPart();
      }
      if (buffered == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(mostBuffered, 2L * buffer.length));
      }
      int count = Math.min(from.remaining(), buffer.length - buffered);
      from.get(buffer, buffered, count);
      buffered += count;
    }
    return written;
  }

  private void sendPart() throws IOException {
    if (uploadId == null) {
      begin();
    }
    int number = parts.size() + 1;
    if (number > MOST_PARTS) {
      throw new IOException(
          "%s has more than %d parts of %d bytes; give a larger --s3UploadBufferSizeBytes"
              .formatted(place, MOST_PARTS, mostBuffered));
    }
    SSECustomerKey customerKey = calls.config().getSSECustomerKey();
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .uploadId(uploadId)
            .partNumber(number)
            .contentMD5(md5())
            .sseCustomerKey(customerKey.getKey())
            .sseCustomerAlgorithm(customerKey.getAlgorithm())
            .sseCustomerKeyMD5(customerKey.getMD5())
            .build();
    String etag = calls.call(place, client -> client.uploadPart(request, body())).eTag();
    parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    sent += buffered;
    buffered = 0;
  }

  private RequestBody body() {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, buffered);
    return RequestBody.fromRemainingByteBuffer(bytes);
  }

  private String md5() {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(buffer, 0, buffered);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  private void begin() throws IOException {
    S3FileSystemConfiguration config = calls.config();
    CreateMultipartUploadRequest request =
        CreateMultipartUploadRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .contentType(options.mimeType())
            .storageClass(config.getS3StorageClass())
            .serverSideEncryption(config.getSSEAlgorithm())
            .ssekmsKeyId(config.getSSEKMSKeyId())
            .sseCustomerKey(config.getSSECustomerKey().getKey())
            .sseCustomerAlgorithm(config.getSSECustomerKey().getAlgorithm())
            .sseCustomerKeyMD5(config.getSSECustomerKey().getMD5())
            .bucketKeyEnabled(config.getBucketKeyEnabled() ? true : null)
            .build();
    uploadId = calls.call(place, client -> client.createMultipartUpload(request)).uploadId();
  }

  private void put() throws IOException {
    S3FileSystemConfiguration config = calls.config();
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .contentType(options.mimeType())
            .contentMD5(md5())
            .ifNoneMatch(S3Upload.condition(options))
            .storageClass(config.getS3StorageClass())
            .serverSideEncryption(config.getSSEAlgorithm())
            .ssekmsKeyId(config.getSSEKMSKeyId())
            .sseCustomerKey(config.getSSECustomerKey().getKey())
            .sseCustomerAlgorithm(config.getSSECustomerKey().getAlgorithm())
            .sseCustomerKeyMD5(config.getSSECustomerKey().getMD5())
            .bucketKeyEnabled(config.getBucketKeyEnabled() ? true : null)
            .build();
    calls.call(place, client -> client.putObject(request, body()));
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    boolean done = false;
    try {
      if (uploadId == null) {
        put();
      } else {
        sendPart();
        S3Upload.complete(calls, place, uploadId, parts, sent, options);
      }
      done = true;
    } catch (S3Failure e) {
      if (S3Calls.isStatus(e.getCause(), S3Calls.PRECONDITION_FAILED)) {
        throw (IOException) new FileAlreadyExistsException(place.toString()).initCause(e);
      }
      throw e;
    } finally {
      if (!done) {
        abort();
      }
    }
  }

  @Override
  public void abandon() {
    if (open) {
      open = false;
      abort();
    }
  }

  private void abort() {
    buffer = new byte[0];
    if (uploadId != null) {
      S3Upload.abort(calls, place, uploadId);
    }
  }
}
