/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.bucket.NoSuchBucketException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads and writes the objects of the S3 server, past HTTP. */
public final class BlobStoreBuckets implements Buckets {

  private final BlobStore store;

  /** Works on {@code store}. */
  public BlobStoreBuckets(BlobStore store) {
    this.store = store;
  }

  @Override
  public List<String> list(String bucket, String prefix) throws IOException {
    checkExists(bucket);
    List<String> keys = new ArrayList<>();
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
    try {
      ListObjectsV2Response page = store.list(request);
      page.contents().forEach(object -> add(keys, object));
      while (page.nextContinuationToken() != null) {
        page =
            store.list(request.toBuilder().continuationToken(page.nextContinuationToken()).build());
        page.contents().forEach(object -> add(keys, object));
      }
    } catch (SdkException e) {
      throw new IOException("S3 cannot list " + bucket, e);
    }
    Collections.sort(keys);
    return keys;
  }

  /**
   * Leaves out folders, which the store lists with a slash at the end of their names; it keeps no
   * contents under such names.
   */
  private static void add(List<String> keys, S3Object object) {
    if (!object.key().endsWith("/")) {
      keys.add(object.key());
    }
  }

  @Override
  public InputStream read(String bucket, String key) throws IOException {
    checkExists(bucket);
    try {
      return store.getBlob(GetObjectRequest.builder().bucket(bucket).key(key).build());
    } catch (SdkException e) {
      throw new IOException("S3 cannot read " + key + " in " + bucket, e);
    }
  }

  @Override
  public String write(String bucket, String key, byte[] content) throws IOException {
    return write(bucket, key, new ByteArrayInputStream(content), content.length);
  }

  @Override
  public String write(String bucket, String key, Path content) throws IOException {
    try (InputStream in = Files.newInputStream(content)) {
      return write(bucket, key, in, Files.size(content));
    }
  }

  private String write(String bucket, String key, InputStream content, long length)
      throws IOException {
    checkExists(bucket);
    PutObjectRequest request =
        PutObjectRequest.builder().bucket(bucket).key(key).contentLength(length).build();
    try {
      String etag = store.putBlob(request, content).eTag();
      return etag.replace("\"", "");
    } catch (SdkException e) {
      throw new IOException("S3 cannot write " + key + " in " + bucket, e);
    }
  }

  private void checkExists(String bucket) throws NoSuchBucketException {
    if (!store.containerExists(bucket)) {
      throw new NoSuchBucketException(bucket);
    }
  }
}
