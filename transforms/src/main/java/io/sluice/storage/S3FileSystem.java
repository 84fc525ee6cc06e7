/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A file system for S3 in place of Beam's own: it lists without a request for each object, waits
 * for a server that does not answer, and holds no thread while it is not used. It has the same
 * options, {@link org.apache.beam.sdk.io.aws2.options.S3Options}.
 */
final class S3FileSystem extends FileSystem<S3Place> {
  private static final int MOST_DELETED = 1000;
  private static final int UNAVAILABLE = 503;

  private final S3Calls calls;
  private final S3Listing listing;
  private final long mostCopied;

  S3FileSystem(S3FileSystemConfiguration config) {
    this(config, null, S3Upload.MOST_COPIED);
  }

  /**
   * @param patience how long a request is retried; null for the default
   * @param mostCopied the maximum that one request copies, in bytes
   */
  S3FileSystem(S3FileSystemConfiguration config, @Nullable Duration patience, long mostCopied) {
    this.calls = new S3Calls(config, patience);
    this.listing = new S3Listing(calls);
    this.mostCopied = mostCopied;
  }

  @Override
  protected String getScheme() {
    return S3Place.SCHEME;
  }

  @Override
  protected List<MatchResult> match(List<String> specs) throws IOException {
    MatchResult[] results = new MatchResult[specs.size()];
    List<Parallel.Task> tasks = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      int n = i;
      tasks.add(() -> results[n] = match(specs.get(n)));
    }
    Parallel.run(tasks, calls.config().getS3ThreadPoolSize());
    return List.of(results);
  }

  private MatchResult match(String spec) {
    try {
      return MatchResult.create(MatchResult.Status.OK, listing.match(spec));
    } catch (FileNotFoundException e) {
      return MatchResult.create(MatchResult.Status.NOT_FOUND, e);
    } catch (IOException e) {
      return MatchResult.create(MatchResult.Status.ERROR, e);
    }
  }

  @Override
  protected WritableByteChannel create(S3Place place, CreateOptions options) {
    return new S3WriteChannel(calls, place, options);
  }

  @Override
  protected ReadableByteChannel open(S3Place place) {
    return new S3ReadChannel(calls, place);
  }

  @Override
  protected void copy(List<S3Place> from, List<S3Place> to) throws IOException {
    List<Parallel.Task> tasks = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      S3Place source = from.get(i);
      S3Place target = to.get(i);
      tasks.add(() -> S3Upload.copy(calls, source, target, mostCopied));
    }
    Parallel.run(tasks, calls.config().getS3ThreadPoolSize());
  }

  /** Copies and deletes; Beam has handled the options. */
  @Override
  protected void rename(List<S3Place> from, List<S3Place> to, MoveOptions... options)
      throws IOException {
    copy(from, to);
    delete(from);
  }

  /** Deletes objects; one that does not exist is fine, and folders are ignored. */
  @Override
  protected void delete(Collection<S3Place> places) throws IOException {
    TreeMap<String, List<ObjectIdentifier>> keys = new TreeMap<>();
    for (S3Place place : places) {
      if (!place.isDirectory()) {
        keys.computeIfAbsent(place.bucket(), bucket -> new ArrayList<>())
            .add(ObjectIdentifier.builder().key(place.key()).build());
      }
    }
    List<Parallel.Task> tasks = new ArrayList<>();
    keys.forEach(
        (bucket, all) -> {
          for (int i = 0; i < all.size(); i += MOST_DELETED) {
            List<ObjectIdentifier> some = all.subList(i, Math.min(all.size(), i + MOST_DELETED));
            tasks.add(() -> delete(bucket, some));
          }
        });
    Parallel.run(tasks, calls.config().getS3ThreadPoolSize());
  }

  private void delete(String bucket, List<ObjectIdentifier> keys) throws IOException {
    calls.call(
        S3Place.of(bucket, keys.get(0).key()),
        client -> {
          DeleteObjectsResponse answer =
              client.deleteObjects(
                  request ->
                      request.bucket(bucket).delete(delete -> delete.objects(keys).quiet(true)));
          if (answer.hasErrors() && !answer.errors().isEmpty()) {
            throw notDeleted(answer.errors().get(0));
          }
          return answer;
        });
  }

  /**
   * Treats an error within an answer as if it were the answer; deleting again what is gone is fine.
   */
  private static S3Exception notDeleted(S3Error error) {
    boolean passes = "InternalError".equals(error.code()) || "SlowDown".equals(error.code());
    S3Exception.Builder failure = (S3Exception.Builder) S3Exception.builder();
    failure.statusCode(passes ? UNAVAILABLE : 200);
    failure.awsErrorDetails(
        AwsErrorDetails.builder()
            .errorCode(error.code())
            .errorMessage("cannot delete " + error.key() + ": " + error.message())
            .build());
    return (S3Exception) failure.build();
  }

  @Override
  protected S3Place matchNewResource(String url, boolean isFolder) {
    if (!isFolder && url.endsWith("/")) {
      throw new IllegalArgumentException(url + " must not end with a slash: it names a file");
    }
    return S3Place.parse(isFolder && !url.endsWith("/") ? url + "/" : url);
  }
}
