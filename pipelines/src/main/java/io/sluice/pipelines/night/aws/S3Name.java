/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import io.sluice.storage.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step names in S3: an object, a folder or a glob.
 *
 * @param key without a leading slash; it may have wildcards
 */
record S3Name(String bucket, String key) {
  private static final Pattern NAME = Pattern.compile("s3://([^/]+)/?(.*)");

  /** Begins the folders that an output has of a table, and that of DynamoDB's exports. */
  private static final Pattern FOLDER = Pattern.compile("(^|/)(snapshots_|changes_|AWSDynamoDB/)");

  static Optional<S3Name> parse(String text) {
    Matcher matcher = NAME.matcher(text);
    return matcher.matches()
        ? Optional.of(new S3Name(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Returns patterns of IAM for the objects that it may name. */
  List<String> objects() {
    List<String> objects = new ArrayList<>();
    if (Glob.hasWildcard(key)) {
      int wildcard = 0;
      while (!Glob.hasWildcard(key.substring(0, wildcard + 1))) {
        wildcard++;
      }
      objects.add(bucket + "/" + key.substring(0, wildcard) + "*");
    } else {
      if (!key.isEmpty() && !key.endsWith("/")) {
        objects.add(bucket + "/" + key);
      }
      objects.add(within("*"));
    }
    return objects;
  }

  /** Returns a pattern for what is below it as a folder. */
  String within(String rest) {
    String folder = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    return bucket + "/" + folder + rest;
  }

  /** Returns the output that it is in, if it is a folder or a file of one, otherwise itself. */
  S3Name output() {
    Matcher matcher = FOLDER.matcher(key);
    String whole = key.replaceAll("@[^/]*$", "");
    return new S3Name(bucket, matcher.find() ? key.substring(0, matcher.start()) : whole);
  }
}
