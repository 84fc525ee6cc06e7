/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * DynamoDB and S3 for tests: the program of {@code runner-profiles/local-aws}, in memory and on
 * free ports. It runs in a JVM of its own, which ends when this one does, however that ends.
 */
public final class LocalAws implements AutoCloseable {

  private static final long START_SECONDS = 30;
  private static final long STOP_SECONDS = 10;

  private static LocalAws shared;

  private final Process process;
  private final URI dynamodbEndpoint;
  private final URI s3Endpoint;
  private final @Nullable URI stsEndpoint;
  private final String bucket;
  private final DynamoDbClient dynamodb;
  private final S3Client s3;

  private LocalAws(Process process, String output) {
    this.process = process;
    this.dynamodbEndpoint = URI.create(find("^DynamoDB +(\\S+)", output));
    this.s3Endpoint = URI.create(find("^S3 +(\\S+)", output));
    this.stsEndpoint = output.contains("STS ") ? URI.create(find("^STS +(\\S+)", output)) : null;
    this.bucket = find("\\(buckets: ([^,)]+)", output);
    // The HTTP clients are named because Beam's module may bring a second one, and the SDK refuses
    // to choose.
    this.dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(dynamodbEndpoint)
            .region(region())
            .credentialsProvider(credentials())
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    this.s3 =
        S3Client.builder()
            .endpointOverride(s3Endpoint)
            .forcePathStyle(true)
            .region(region())
            .credentialsProvider(credentials())
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
  }

  /**
   * The instance that the tests of this JVM share, started when it is first asked for. Nobody
   * closes it, and nobody has it alone: use tables and keys of your own.
   *
   * @throws IllegalStateException with the program's output, when it does not start
   */
  public static synchronized LocalAws shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /**
   * Starts an instance, for a test that must have it alone.
   *
   * @throws IllegalStateException with the program's output, when it does not start
   */
  public static LocalAws start() {
    return start(List.of("--inMemory", "--dynamodbPort=0"));
  }

  /**
   * Starts an instance with options of its own.
   *
   * @param options the port of DynamoDB and where data is among them
   * @throws IllegalStateException with the program's output, when it does not start
   */
  public static LocalAws start(List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar().toString(),
                "--s3Port=0",
                "--exitWithStdin"));
    command.addAll(options);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    }
    List<String> output = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, output, ready), "local-aws-output");
    reader.setDaemon(true);
    reader.start();
    try {
      ready.get(START_SECONDS, TimeUnit.SECONDS);
      return new LocalAws(process, String.join("\n", output));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while local AWS was starting", e);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      process.destroyForcibly();
      throw new IllegalStateException(
          String.format(
              "Local AWS %s; %s printed:%n%s",
              e instanceof TimeoutException
                  ? "is not ready after " + START_SECONDS + " s"
                  : "ended before it was ready",
              String.join(" ", command),
              String.join("\n", output)),
          e);
    }
  }

  private static Path jar() {
    String root = System.getProperty("sluice.root");
    if (root == null) {
      throw new IllegalStateException(
          "The system property sluice.root is missing, must be the folder of the project");
    }
    Path jar = Path.of(root, "runner-profiles/local-aws/target/sluice-local-aws.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is missing; build it with ./mvnw -pl runner-profiles/local-aws package");
    }
    return jar;
  }

  /** Collects the output until the program is ready; what it says later is a warning. */
  private static void read(Process process, List<String> output, CompletableFuture<Void> ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (ready.isDone()) {
          System.err.println("local-aws: " + line);
          continue;
        }
        output.add(line);
        if (line.startsWith("Ready")) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      // The pipe breaks when the process is killed.
    }
    ready.completeExceptionally(new IOException("Its output ended"));
  }

  private static String find(String regex, String output) {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("Nothing in the output matches " + regex);
    }
    return matcher.group(1);
  }

  public URI dynamodbEndpoint() {
    return dynamodbEndpoint;
  }

  /** Wants path-style requests. */
  public URI s3Endpoint() {
    return s3Endpoint;
  }

  /** Where roles are assumed, for an instance that was started with a port of STS. */
  public URI stsEndpoint() {
    return Objects.requireNonNull(stsEndpoint, "it was started without STS");
  }

  /** The CPU time that it has used. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** A client that ends with this; nobody else closes it. */
  public DynamoDbClient dynamodb() {
    return dynamodb;
  }

  /** A client that ends with this; nobody else closes it. */
  public S3Client s3() {
    return s3;
  }

  /** A bucket that exists. */
  public String bucket() {
    return bucket;
  }

  /** What S3 checks the signature of a request with; DynamoDB checks nothing. */
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("localkey", "localsecret"));
  }

  public Region region() {
    return Region.US_EAST_1;
  }

  @Override
  public void close() {
    dynamodb.close();
    s3.close();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
