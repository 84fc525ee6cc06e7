/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An object of S3, or a folder, whose key is empty or ends with a slash.
 *
 * <p>The length is the one that the object had when it was listed, and not part of its identity:
 * two places are equal if bucket and key are.
 */
final class S3Place implements ResourceId {
  private static final long serialVersionUID = 1L;

  static final String SCHEME = "s3";

  /** The length of an object that was not listed. */
  static final long UNKNOWN = -1;

  private static final Pattern URL = Pattern.compile("[sS]3://([^/]+)(?:/(.*))?", Pattern.DOTALL);

  private final String bucket;
  private final String key;
  private final long bytes;

  private S3Place(String bucket, String key, long bytes) {
    this.bucket = bucket;
    this.key = key;
    this.bytes = bytes;
  }

  static S3Place of(String bucket, String key) {
    return new S3Place(bucket, key, UNKNOWN);
  }

  /**
   * @throws IllegalArgumentException when the text is not of the form {@code s3://bucket/key}
   */
  static S3Place parse(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(url + " must be of the form s3://bucket/key");
    }
    return of(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
  }

  S3Place ofLength(long length) {
    return new S3Place(bucket, key, length);
  }

  String bucket() {
    return bucket;
  }

  String key() {
    return key;
  }

  /**
   * Returns the length of the object when it was listed, in bytes; {@link #UNKNOWN} if it was not.
   */
  long bytes() {
    return bytes;
  }

  @Override
  public S3Place resolve(String other, ResolveOptions options) {
    if (!isDirectory()) {
      throw new IllegalStateException(this + " is no folder");
    }
    if (URL.matcher(other).matches()) {
      return parse(other);
    }
    boolean folder = options == StandardResolveOptions.RESOLVE_DIRECTORY;
    if (other.equals("..")) {
      int slash = key.lastIndexOf('/', key.length() - 2);
      return of(bucket, key.substring(0, slash + 1));
    }
    if (!folder && other.endsWith("/")) {
      throw new IllegalArgumentException(other + " must not end with a slash: it names a file");
    }
    boolean complete = !folder || other.isEmpty() || other.endsWith("/");
    return of(bucket, key + other + (complete ? "" : "/"));
  }

  @Override
  public S3Place getCurrentDirectory() {
    return isDirectory() ? this : of(bucket, key.substring(0, key.lastIndexOf('/') + 1));
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  /** Returns the name of the file or folder in its folder; null for a whole bucket. */
  @Override
  public @Nullable String getFilename() {
    if (key.isEmpty()) {
      return null;
    }
    String whole = isDirectory() ? key.substring(0, key.length() - 1) : key;
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  @Override
  public boolean isDirectory() {
    return key.isEmpty() || key.endsWith("/");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof S3Place place && place.bucket.equals(bucket) && place.key.equals(key);
  }

  @Override
  public int hashCode() {
    return 31 * bucket.hashCode() + key.hashCode();
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
