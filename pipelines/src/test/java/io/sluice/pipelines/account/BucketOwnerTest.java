/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.AccountOptions;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.job.Aws;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The requests of our file system, as they reach S3. */
class BucketOwnerTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int PART = 5 << 20;
  private static final Pattern REQUEST =
      Pattern.compile("(?s)^((?:GET|HEAD|PUT|POST|DELETE) \\S+) HTTP/1.1\r\n(.*?)\r\n\r\n");

  private static final String FOLDER = "s3://" + AWS.bucket() + "/owner/";
  private static final String[] REQUESTS = {
    "PUT small", "POST large?uploads", "PUT large?partNumber", "PUT small-copy", "GET small", "POST"
  };

  private final FlakyProxy proxy = new FlakyProxy(AWS.s3Endpoint());
  private final Map<String, String> heads = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void everyRequestNamesTheOwner() throws IOException {
    useFiles("--lakeAccount=222222222222");
    assertThat(heads.keySet(), hasItems(REQUESTS));
    assertThat(
        heads.values(), everyItem(containsString("x-amz-expected-bucket-owner: 222222222222")));
    assertThat(
        heads.get("PUT small-copy"),
        containsString("x-amz-source-expected-bucket-owner: 222222222222"));
  }

  @Test
  void withoutTheOptionsNoRequestDoes() throws IOException {
    useFiles();
    assertThat(heads.keySet(), hasItems(REQUESTS));
    assertThat(heads.values(), everyItem(not(containsString("bucket-owner"))));
  }

  /** The embedded S3 does not implement this list, so it refuses what it is asked. */
  @Test
  void whatIsWrittenIsGivenToTheOwner() {
    SluiceOptions options = start("--bucketOwnerFullControl");
    S3ClientBuilder builder =
        new AccountClients()
            .create(
                S3Client.builder().forcePathStyle(true),
                ClientConfiguration.builder()
                    .region(AWS.region())
                    .endpoint(proxy.endpoint())
                    .credentialsProvider(AWS.credentials())
                    .build(),
                options.as(AwsOptions.class));
    String bucket = AWS.bucket();
    try (S3Client s3 = builder.build()) {
      assertThrows(
          SdkException.class,
          () -> s3.putObject(r -> r.bucket(bucket).key("owner/new"), RequestBody.fromString("x")));
      assertThrows(
          SdkException.class,
          () -> s3.createMultipartUpload(r -> r.bucket(bucket).key("owner/large")));
      assertThrows(
          SdkException.class,
          () ->
              s3.copyObject(
                  r ->
                      r.sourceBucket(bucket)
                          .sourceKey("owner/new")
                          .destinationBucket(bucket)
                          .destinationKey("owner/copy")));
      s3.deleteObject(r -> r.bucket(bucket).key("owner/new"));
    }
    for (String write : List.of("PUT new", "POST large?uploads", "PUT copy")) {
      assertThat(write, heads.get(write), containsString("x-amz-acl: bucket-owner-full-control"));
    }
    assertThat(heads.get("DELETE new"), not(containsString("x-amz-acl")));
  }

  /** Has file systems with these options send their requests to the proxy. */
  private SluiceOptions start(String... arguments) {
    proxy.before(REQUEST, head -> heads.put(name(head.group(1)), head.group(2)));
    SluiceOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(AccountOptions.class).as(SluiceOptions.class);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setS3Endpoint(proxy.endpoint().toString());
    options.as(S3Options.class).setAwsCredentialsProvider(AWS.credentials());
    options.as(S3Options.class).setS3UploadBufferSizeBytes(PART);
    Aws.configure(options);
    LocalS3.useOurs();
    FileSystems.setDefaultPipelineOptions(options);
    return options;
  }

  /** Writes a small and a large file, copies one, looks for them, reads one, and deletes all. */
  private void useFiles(String... arguments) throws IOException {
    start(arguments);
    write(file("small"), 10);
    write(file("large"), PART + 1);
    FileSystems.copy(List.of(file("small")), List.of(file("small-copy")));
    assertThat(FileSystems.match(FOLDER + "*").metadata(), hasSize(3));
    try (ReadableByteChannel in = FileSystems.open(file("small"))) {
      in.read(ByteBuffer.allocate(10));
    }
    FileSystems.delete(List.of(file("small"), file("small-copy"), file("large")));
    assertThat(FileSystems.match(FOLDER + "small").status(), is(MatchResult.Status.NOT_FOUND));
  }

  private static ResourceId file(String name) {
    return FileSystems.matchNewResource(FOLDER + name, false);
  }

  private static void write(ResourceId file, int bytes) throws IOException {
    try (WritableByteChannel out = FileSystems.create(file, "text/plain")) {
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
  }

  /** Returns the method, and the name of the file with the first parameter. */
  private static String name(String request) {
    int at = request.indexOf("/owner/");
    if (at < 0) {
      return request.substring(0, request.indexOf(' '));
    }
    return request.substring(0, request.indexOf(' ') + 1)
        + request.substring(at + "/owner/".length()).replaceAll("(\\?[a-zA-Z]+).*", "$1");
  }
}
