/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads and writes objects of S3.
 *
 * <p>Every method throws a {@link NoSuchBucketException} if there is no such bucket.
 */
public interface Buckets {

  /** Lists the keys that begin with {@code prefix}, in their order. */
  List<String> list(String bucket, String prefix) throws IOException;

  /** Opens an object; the caller closes it. */
  InputStream read(String bucket, String key) throws IOException;

  /**
   * Writes an object, in place of the one with its key if there is one.
   *
   * @return its ETag, without quotes
   */
  String write(String bucket, String key, byte[] content) throws IOException;

  /**
   * Writes an object as {@link #write(String, String, byte[])} does.
   *
   * @param content the file that has it
   */
  String write(String bucket, String key, Path content) throws IOException;
}
