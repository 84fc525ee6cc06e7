/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.beam.sdk.io.fs.MatchResult;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds the objects that match a glob in S3, with one request for every thousand objects and none
 * for each object.
 */
final class S3Listing {
  private final S3Calls calls;

  S3Listing(S3Calls calls) {
    this.calls = calls;
  }

  /**
   * Returns the matching objects, sorted by key; for a glob that ends with a slash, the folders,
   * which are those that contain an object. Empty objects whose name ends with a slash, by which
   * some programs mark a folder, are left out.
   *
   * @throws java.io.FileNotFoundException when the text has no wildcard, and there is no such
   *     object
   * @throws S3Failure when S3 does not list
   */
  List<MatchResult.Metadata> match(String url) throws IOException {
    S3Place pattern = S3Place.parse(url);
    Glob glob = Glob.parse(pattern.key());
    if (glob.isLiteral() && !pattern.isDirectory()) {
      S3Place place = S3Place.of(pattern.bucket(), glob.prefix());
      return List.of(head(place));
    }
    return pattern.isDirectory() ? folders(pattern, glob) : objects(pattern, glob);
  }

  private MatchResult.Metadata head(S3Place place) throws IOException {
    var key = calls.config().getSSECustomerKey();
    var head =
        calls.call(
            place,
            client ->
                client.headObject(
                    request ->
                        request
                            .bucket(place.bucket())
                            .key(place.key())
                            .sseCustomerKey(key.getKey())
                            .sseCustomerAlgorithm(key.getAlgorithm())
                            .sseCustomerKeyMD5(key.getMD5())));
    return metadata(place, head.contentLength(), head.lastModified().toEpochMilli())
        .setChecksum(head.eTag())
        .build();
  }

  private List<MatchResult.Metadata> objects(S3Place pattern, Glob glob) throws IOException {
    List<MatchResult.Metadata> found = new ArrayList<>();
    // Objects below the last folder that the glob names matter only if the glob spans several
    // folders.
    boolean oneFolder = !glob.crossesFolders() && glob.toString().indexOf('/', lastSlash(glob)) < 0;
    for (ListObjectsV2Response page : pages(pattern.bucket(), glob.prefix(), oneFolder)) {
      for (S3Object object : page.contents()) {
        boolean mark = object.key().endsWith("/") && object.size() == 0;
        if (!mark && glob.matches(object.key())) {
          S3Place place = S3Place.of(pattern.bucket(), object.key());
          found.add(
              metadata(place, object.size(), object.lastModified().toEpochMilli())
                  .setChecksum(object.eTag())
                  .build());
        }
      }
    }
    return found;
  }

  /** Returns the position after the last slash before the first wildcard. */
  private static int lastSlash(Glob glob) {
    int slashes = (int) glob.prefix().chars().filter(c -> c == '/').count();
    int at = 0;
    for (int i = 0; i < slashes; i++) {
      at = glob.toString().indexOf('/', at) + 1;
    }
    return at;
  }

  private List<MatchResult.Metadata> folders(S3Place pattern, Glob glob) throws IOException {
    TreeSet<String> folders = new TreeSet<>();
    boolean oneFolder =
        !glob.crossesFolders()
            && glob.toString().indexOf('/', lastSlash(glob)) == glob.toString().length() - 1;
    for (ListObjectsV2Response page : pages(pattern.bucket(), glob.prefix(), oneFolder)) {
      for (CommonPrefix folder : page.commonPrefixes()) {
        folders.add(folder.prefix());
      }
      for (S3Object object : page.contents()) {
        String key = object.key();
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
          folders.add(key.substring(0, slash + 1));
        }
      }
      if (glob.isLiteral() && !folders.isEmpty()) {
        break;
      }
    }
    return folders.stream()
        .filter(glob::matches)
        .map(folder -> metadata(S3Place.of(pattern.bucket(), folder), 0, 0).build())
        .toList();
  }

  private static MatchResult.Metadata.Builder metadata(S3Place place, long bytes, long millis) {
    return MatchResult.Metadata.builder()
        .setResourceId(place.ofLength(bytes))
        .setSizeBytes(bytes)
        .setLastModifiedMillis(millis)
        .setIsReadSeekEfficient(true);
  }

  private Iterable<ListObjectsV2Response> pages(String bucket, String prefix, boolean oneFolder)
      throws IOException {
    List<ListObjectsV2Response> pages = new ArrayList<>();
    S3Place place = S3Place.of(bucket, prefix);
    String token = null;
    do {
      ListObjectsV2Request request =
          ListObjectsV2Request.builder()
              .bucket(bucket)
              .prefix(prefix)
              .delimiter(oneFolder ? "/" : null)
              .continuationToken(token)
              .build();
      ListObjectsV2Response page = calls.call(place, client -> client.listObjectsV2(request));
      pages.add(page);
      token = page.nextContinuationToken();
    } while (token != null);
    return pages;
  }
}
