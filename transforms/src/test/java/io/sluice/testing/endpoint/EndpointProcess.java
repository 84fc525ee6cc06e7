/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link SimulatedDynamoDb} in a JVM of its own, so that what it costs is not charged to the
 * client that is measured. It ends when this JVM does, however that ends.
 */
public final class EndpointProcess implements AutoCloseable {
  private static final String READY = "ready ";
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private EndpointProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts it from the classpath of this JVM. */
  public static EndpointProcess start(EndpointSettings settings) {
    String classpath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx512m",
                      "-XX:+UseSerialGC",
                      // The second compiler's work would be seconds of the client's two cores.
                      "-XX:TieredStopAtLevel=1",
                      // Half an endpoint would be taken for a slow one.
                      "-XX:+ExitOnOutOfMemoryError",
                      "-cp",
                      classpath,
                      SimulatedDynamoDb.class.getName(),
                      "--settings=" + Json.text(settings)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new EndpointProcess(process, readReady(process));
    } catch (IOException e) {
      throw new UncheckedIOException("The simulated endpoint does not start", e);
    }
  }

  private static URI readReady(Process process) throws IOException {
    // Not closed: with it the pipe would end.
    BufferedReader lines = process.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(READY)) {
        return URI.create(line.substring(READY.length()));
      }
    }
    throw new IOException("Its output ended before it was ready");
  }

  public URI endpoint() {
    return endpoint;
  }

  public Books books() {
    return Json.read(get(Admin.BOOKS), Books.class);
  }

  public EndpointSettings settings() {
    return Json.read(get(Admin.SETTINGS), EndpointSettings.class);
  }

  public void reset() {
    var unused = send(post(Admin.RESET, ""));
  }

  /** Changes throughput, faults or times; the rest of the settings must be as it is. */
  public void change(EndpointSettings changed) {
    var unused = send(post(Admin.SETTINGS, Json.text(changed)));
  }

  /** The CPU time that it has used. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private ObjectNode get(String path) {
    byte[] json = send(HttpRequest.newBuilder(endpoint.resolve(path)).build());
    try {
      return Json.parse(json, json.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(endpoint.resolve(path))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private byte[] send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalArgumentException(
            request.uri().getPath() + " answers " + new String(response.body(), UTF_8));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while it asked the simulated endpoint", e);
    }
  }

  @Override
  public void close() {
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
