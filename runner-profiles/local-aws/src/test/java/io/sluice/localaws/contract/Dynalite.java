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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs dynalite, a server of DynamoDB's protocol that somebody else wrote, as a process.
 *
 * <p>It takes Node and a registry of npm; where one is missing there is no dynalite, for a reason
 * that {@link NotHere} says in a sentence.
 */
public final class Dynalite implements AutoCloseable {

  static final String VERSION = "4.0.0";

  /** Names the server as contracts do. */
  static final String NAME = "dynalite " + VERSION;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String NPM =
      System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";

  private final Process process;
  private final URI uri;

  private Dynalite(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Says why there is no dynalite. */
  public static final class NotHere extends Exception {
    private static final long serialVersionUID = 1L;

    NotHere(String reason) {
      super(reason);
    }
  }

  /**
   * Installs it into a folder, unless it is there, and starts it on a free port.
   *
   * @throws NotHere if there is no Node, or it cannot be installed
   */
  public static Dynalite start(Path folder) throws NotHere, IOException, InterruptedException {
    Path script = folder.resolve("node_modules").resolve("dynalite").resolve("cli.js");
    if (!Files.exists(script)) {
      Files.createDirectories(folder);
      String dynalite = "dynalite@" + VERSION;
      run(folder, NPM, "install", "--ignore-scripts", "--no-audit", "--prefix", ".", dynalite);
    }
    run(folder, "node", "--version");
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

  private static void run(Path folder, String... command)
      throws NotHere, IOException, InterruptedException {
    Path log = folder.resolve("install.log");
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new NotHere("there is no " + command[0] + " here");
    }
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new NotHere(command[0] + " takes more than " + PATIENCE.toMinutes() + " minutes");
    }
    if (process.exitValue() != 0) {
      throw new NotHere(
          "dynalite " + VERSION + " cannot be installed here, see " + log.toAbsolutePath());
    }
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
