/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.io.fs.CreateOptions.StandardCreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.core.sync.RequestBody;

/** A folder of the embedded S3, behind a proxy, and our file system for it. */
abstract class S3Folder {
  static final LocalAws AWS = LocalAws.shared();
  static final int PART = 5 << 20;

  final String folder = "storage-" + UUID.randomUUID() + "/";
  final FlakyProxy proxy = new FlakyProxy(AWS.s3Endpoint());
  final S3FileSystem s3 = fileSystem(Duration.ofMinutes(1));

  S3FileSystem fileSystem(Duration patience) {
    S3Options options = LocalS3.options(AWS, proxy.endpoint());
    options.setS3UploadBufferSizeBytes(PART);
    return new S3FileSystem(S3FileSystemConfiguration.fromS3Options(options), patience, PART);
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  void put(String name, String contents) {
    AWS.s3()
        .putObject(
            r -> r.bucket(AWS.bucket()).key(folder + name), RequestBody.fromString(contents));
  }

  String url(String name) {
    return "s3://" + AWS.bucket() + "/" + folder + name;
  }

  S3Place place(String name) {
    return S3Place.of(AWS.bucket(), folder + name);
  }

  List<String> match(String glob) throws IOException {
    return s3.match(List.of(url(glob))).get(0).metadata().stream()
        .map(found -> found.resourceId().toString().substring(url("").length()))
        .toList();
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  void write(String name, byte[] contents) throws IOException {
    try (OutputStream out = Channels.newOutputStream(create(name))) {
      out.write(contents);
    }
  }

  WritableByteChannel create(String name) throws IOException {
    return s3.create(
        place(name), StandardCreateOptions.builder().setMimeType("text/plain").build());
  }

  byte[] stored(String name) {
    return AWS.s3().getObjectAsBytes(r -> r.bucket(AWS.bucket()).key(folder + name)).asByteArray();
  }

  SeekableByteChannel open(MatchResult.Metadata file) {
    return (SeekableByteChannel) s3.open((S3Place) file.resourceId());
  }
}
