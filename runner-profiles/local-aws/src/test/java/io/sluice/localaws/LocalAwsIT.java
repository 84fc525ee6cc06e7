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

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
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
      // Gently first: a killed process leaves SQLite's native library in the temporary folder.
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

  private static final class Running {

    private static final Path JAR =
        Path.of(
            System.getProperty("sluice.root"),
            "runner-profiles/local-aws/target/sluice-local-aws.jar");

    private final Path folder;
    private final Path stderr;
    private final Process process;
    private final List<String> stdout = new CopyOnWriteArrayList<>();

    Running(Path temp, int number, String... args) throws IOException {
      folder = Files.createDirectories(temp.resolve("work"));
      stderr = temp.resolve("stderr" + number);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
      command.addAll(List.of(args));
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectError(stderr.toFile());
      // With it the JVM adds a line of its own to standard error.
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      process = builder.start();
    }

    /** Waits for the program's last line, or for its end. */
    void awaitReady() throws Exception {
      CompletableFuture<String> end =
          CompletableFuture.supplyAsync(this::readUntilReady).orTimeout(30, SECONDS);
      try {
        assertThat(errors(), end.get(), matchesPattern("Ready in [0-9]+\\.[0-9] s; .*"));
      } catch (ExecutionException e) {
        throw new AssertionError("Not ready: " + stdout + errors(), e);
      }
    }

    private String readUntilReady() {
      // Not closed: the program still holds the other end.
      BufferedReader reader = process.inputReader();
      return reader
          .lines()
          .peek(stdout::add)
          .filter(line -> line.startsWith("Ready"))
          .findFirst()
          .orElse("");
    }

    int exitCode() throws InterruptedException {
      if (!process.waitFor(30, SECONDS)) {
        throw new AssertionError("Still running: " + stdout);
      }
      return process.exitValue();
    }

    String output() throws IOException {
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    String errors() throws IOException {
      return Files.readString(stderr);
    }

    /** Returns what the ready program printed after a label. */
    String line(String label) {
      return stdout.stream()
          .filter(line -> line.startsWith(label))
          .map(line -> line.substring(label.length()).trim())
          .findFirst()
          .orElseThrow(() -> new AssertionError("No line " + label + " in " + stdout));
    }

    private URI endpoint(String label) {
      return URI.create(line(label).replaceFirst(" .*", ""));
    }

    S3Client s3() {
      return s3("localkey", "localsecret");
    }

    S3Client s3(String accessKey, String secretKey) {
      return S3Client.builder()
          .endpointOverride(endpoint("S3"))
          .forcePathStyle(true)
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
          .httpClient(UrlConnectionHttpClient.create())
          .build();
    }

    DynamoDbClient dynamodb() {
      return DynamoDbClient.builder()
          .endpointOverride(endpoint("DynamoDB"))
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create("localkey", "localsecret")))
          .httpClient(UrlConnectionHttpClient.create())
          .build();
    }
  }
}
