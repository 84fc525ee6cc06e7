/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Runs the program from its jar, as its users do. */
class LocalAwsIT {

  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("é"));
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "id", AttributeValue.fromS("é"),
          "n", AttributeValue.fromN("1.5"),
          "empty", AttributeValue.fromL(List.of()));

  @TempDir Path temp;

  private final List<Running> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    for (Running program : started) {
      program.process.destroy();
      if (!program.process.waitFor(10, SECONDS)) {
        program.process.destroyForcibly();
      }
    }
  }

  @Test
  void keepsAllInMemory() throws Exception {
    Running program = start("--inMemory", "--bucket=one,two");
    try (S3Client s3 = program.s3();
        DynamoDbClient dynamodb = program.dynamodb()) {
      assertThat(
          s3.listBuckets().buckets().stream().map(Bucket::name).toList(), contains("one", "two"));
      s3.putObject(b -> b.bucket("one").key("a=1/b c"), RequestBody.fromString("text"));
      assertThat(get(s3, "one", "a=1/b c"), is("text".getBytes(UTF_8)));
      createTable(dynamodb);
      dynamodb.putItem(b -> b.tableName("table").item(ITEM));
      assertThat(dynamodb.getItem(b -> b.tableName("table").key(KEY)).item(), is(ITEM));
    }
    assertThat(program.line("data"), is("in memory"));
    try (Stream<Path> files = Files.list(program.folder)) {
      assertThat(files.toList(), is(List.of()));
    }
  }

  @Test
  void keepsAllOnDiskWhileItIsStopped() throws Exception {
    byte[] content = "text".getBytes(UTF_8);
    Running first = start("--data=deep/folder", "--bucket=one");
    try (S3Client s3 = first.s3();
        DynamoDbClient dynamodb = first.dynamodb()) {
      s3.putObject(
          b -> b.bucket("one").key("a/b").contentType("text/csv"), RequestBody.fromBytes(content));
      createTable(dynamodb);
      dynamodb.putItem(b -> b.tableName("table").item(ITEM));
    }
    first.process.destroy();
    assertThat(first.exitCode(), is(128 + 15));
    assertThat(first.errors(), is(emptyString()));

    Running second = start("--data=deep/folder", "--bucket=one,two");
    try (S3Client s3 = second.s3();
        DynamoDbClient dynamodb = second.dynamodb()) {
      assertThat(get(s3, "one", "a/b"), is(content));
      assertThat(s3.headObject(b -> b.bucket("one").key("a/b")).contentType(), is("text/csv"));
      assertThat(dynamodb.getItem(b -> b.tableName("table").key(KEY)).item(), is(ITEM));
    }
    assertThat(second.line("data"), is("deep/folder"));
  }

  /** Adds the header that Beam sends, which s3proxy's store on disk does not accept by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"--inMemory", "--data=data"})
  void takesAMultipartUploadWithABucketKey(String where) throws Exception {
    byte[] large = new byte[5 << 20];
    Arrays.fill(large, (byte) 7);
    byte[] small = {8};
    Running program = start(where);
    try (S3Client s3 = program.s3()) {
      String id =
          s3.createMultipartUpload(b -> b.bucket("sluice").key("k").bucketKeyEnabled(true))
              .uploadId();
      List<CompletedPart> parts = new ArrayList<>();
      for (byte[] part : List.of(large, small)) {
        int number = parts.size() + 1;
        String etag =
            s3.uploadPart(
                    b -> b.bucket("sluice").key("k").uploadId(id).partNumber(number),
                    RequestBody.fromBytes(part))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
      }
      String etag =
          s3.completeMultipartUpload(
                  b ->
                      b.bucket("sluice").key("k").uploadId(id).multipartUpload(u -> u.parts(parts)))
              .eTag();
      assertThat(etag, matchesPattern("\"[0-9a-f]{32}-2\""));
      byte[] whole = Arrays.copyOf(large, large.length + 1);
      whole[large.length] = 8;
      assertThat(Arrays.equals(get(s3, "sluice", "k"), whole), is(true));
    }
  }

  @Test
  void checksTheSignatureOfS3() throws Exception {
    Running program = start("--inMemory");
    try (S3Client stranger = program.s3("localkey", "wrong")) {
      S3Exception refusal = assertThrows(S3Exception.class, stranger::listBuckets);
      assertThat(refusal.statusCode(), is(403));
      assertThat(refusal.awsErrorDetails().errorCode(), is("SignatureDoesNotMatch"));
    }
  }

  @Test
  void logsNothingAboutARequestThatItRefuses() throws Exception {
    Running program = start("--inMemory", "--exitWithStdin");
    try (S3Client s3 = program.s3();
        DynamoDbClient dynamodb = program.dynamodb()) {
      assertThrows(
          ResourceNotFoundException.class,
          () -> dynamodb.getItem(b -> b.tableName("missing").key(KEY)));
      assertThrows(S3Exception.class, () -> get(s3, "sluice", "missing"));
    }
    program.process.getOutputStream().close();
    assertThat(program.exitCode(), is(0));
    assertThat(program.errors(), is(emptyString()));
  }

  @Test
  void exitsWithStdin() throws Exception {
    Running program = start("--inMemory", "--exitWithStdin");
    program.process.getOutputStream().close();
    assertThat(program.exitCode(), is(0));
  }

  @Test
  void staysWithoutStdin() throws Exception {
    Running program = start("--inMemory");
    program.process.getOutputStream().close();
    try (S3Client s3 = program.s3()) {
      assertThat(s3.listBuckets().buckets().size(), is(1));
    }
    assertThat(program.process.isAlive(), is(true));
  }

  @Test
  void refusesABadOptionInALine() throws Exception {
    Running program = launch("--inMemory", "--s3Port=all");
    assertThat(program.exitCode(), is(2));
    assertThat(
        program.errors(),
        is("--s3Port is 'all', must be a port from 1 to 65535, or 0 for a free one\n"));
  }

  @ParameterizedTest
  @CsvSource({"DynamoDB, --dynamodbPort, --s3Port", "S3, --s3Port, --dynamodbPort"})
  void namesAPortInUseInALine(String service, String option, String other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Running program = launch("--inMemory", option + "=" + taken.getLocalPort(), other + "=0");
      assertThat(program.exitCode(), is(1));
      assertThat(
          program.errors(),
          allOf(
              matchesPattern("[^\n]*\n"),
              containsString(service),
              containsString(String.valueOf(taken.getLocalPort())),
              containsString(option)));
    }
  }

  @Test
  void printsHelp() throws Exception {
    Running program = launch("--help");
    assertThat(program.exitCode(), is(0));
    assertThat(program.output(), containsString("--exitWithStdin"));
  }

  private Running start(String... args) throws Exception {
    Stream<String> ports = Stream.of("--dynamodbPort=0", "--s3Port=0");
    Running program = launch(Stream.concat(ports, Stream.of(args)).toArray(String[]::new));
    program.awaitReady();
    return program;
  }

  private Running launch(String... args) throws IOException {
    Running program = new Running(temp, started.size(), args);
    started.add(program);
    return program;
  }

  private static void createTable(DynamoDbClient dynamodb) {
    AttributeDefinition id =
        AttributeDefinition.builder()
            .attributeName("id")
            .attributeType(ScalarAttributeType.S)
            .build();
    KeySchemaElement key =
        KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build();
    dynamodb.createTable(
        b ->
            b.tableName("table")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(id)
                .keySchema(key));
  }

  private static byte[] get(S3Client s3, String bucket, String key) {
    return s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray();
  }
}
