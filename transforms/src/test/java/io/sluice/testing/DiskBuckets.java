/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Buckets that are folders, and objects that are files, for a DynamoDB that exports tables.
 *
 * @param root the folder of the buckets
 */
public record DiskBuckets(Path root) implements Buckets {

  private Path path(String bucket, String key) {
    return root.resolve(bucket).resolve(key);
  }

  @Override
  public List<String> list(String bucket, String prefix) throws IOException {
    Path all = root.resolve(bucket);
    try (Stream<Path> files = Files.walk(all)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> all.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  @Override
  public InputStream read(String bucket, String key) throws IOException {
    return Files.newInputStream(path(bucket, key));
  }

  @Override
  public String write(String bucket, String key, byte[] content) throws IOException {
    Files.createDirectories(path(bucket, key).getParent());
    Files.write(path(bucket, key), content);
    return "etag";
  }

  @Override
  public String write(String bucket, String key, Path content) {
    try {
      return write(bucket, key, Files.readAllBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
