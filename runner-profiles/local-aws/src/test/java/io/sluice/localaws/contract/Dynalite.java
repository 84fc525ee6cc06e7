/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs dynalite, a server of DynamoDB's protocol that somebody else wrote, as a process.
 *
 * <p>It takes Node and a registry of npm; where one is missing there is no dynalite, for a reason
 * that {@link NpmPackages.NotHere} says in a sentence.
 */
public final class Dynalite implements AutoCloseable {

  static final String VERSION = "4.0.0";

  /** Names the server as contracts do. */
  static final String NAME = "dynalite " + VERSION;

  private final Process process;
  private final URI uri;

  private Dynalite(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Installs it into a folder, unless it is there, and starts it on a free port.
   *
   * @throws NpmPackages.NotHere if there is no Node, or it cannot be installed
   */
  public static Dynalite start(Path folder)
      throws NpmPackages.NotHere, IOException, InterruptedException {
    Path script = folder.resolve("node_modules").resolve("dynalite").resolve("cli.js");
    NpmPackages.install(folder, "dynalite@" + VERSION);
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "node", script.toString(), "--host", "127.0.0.1", "--port", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dynalite.log").toFile())
            .start();
    Dynalite dynalite = new Dynalite(process, URI.create("http://127.0.0.1:" + port + "/"));
    dynalite.awaitReady(folder);
    return dynalite;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path folder) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          close();
          throw new IOException(
              "dynalite does not start, see " + folder.resolve("dynalite.log").toAbsolutePath(), e);
        }
        Thread.sleep(100);
      }
    }
  }

  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
