/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs the program from its jar, and gives clients of both its servers. */
final class Running {

  private static final Path JAR =
      Path.of(
          System.getProperty("sluice.root"),
          "runner-profiles/local-aws/target/sluice-local-aws.jar");

  final Path folder;
  private final Path stderr;
  final Process process;
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
            StaticCredentialsProvider.create(AwsBasicCredentials.create("localkey", "localsecret")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
