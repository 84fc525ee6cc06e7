/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.night.file.Hook;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls a hook: runs its command with JSON on the standard input, and sends it by HTTP. */
final class HookCall {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int COMMAND_SECONDS = 60;
  private static final int ATTEMPTS = 3;
  private static final int OK = 200;
  private static final int NOT_OK = 300;

  private HookCall() {}

  /** Calls a hook; returns what went wrong. */
  static List<String> of(Hook hook, byte[] json) throws InterruptedException {
    return of(hook, json, COMMAND_SECONDS);
  }

  /** Calls a hook, whose command is killed after this time; returns what went wrong. */
  static List<String> of(Hook hook, byte[] json, int seconds) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    if (!hook.command().isEmpty()) {
      try {
        run(hook.command(), json, seconds);
      } catch (IOException e) {
        problems.add(hook.name() + ", " + hook.command().get(0) + ": " + e.getMessage());
      }
    }
    if (hook.post() != null) {
      try {
        post(hook, json);
      } catch (IOException e) {
        // The rest of such an address often is the secret by which it knows who may post.
        problems.add(hook.name() + ", " + hook.post().getHost() + ": " + UserMessages.oneLine(e));
      }
    }
    return problems;
  }

  private static void run(List<String> command, byte[] json, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      // A pipe takes some KB, and then waits for who may never read it.
      Thread writer = new Thread(() -> write(json, process.getOutputStream()), "hook");
      writer.setDaemon(true);
      writer.start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new IOException("it does not end within " + seconds + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("it ended with the exit code " + process.exitValue());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void write(byte[] json, OutputStream to) {
    try (to) {
      to.write(json);
    } catch (IOException e) {
      // The command does not read it.
      return;
    }
  }

  private static void post(Hook hook, byte[] json) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    HttpRequest request =
        HttpRequest.newBuilder(hook.post())
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    IOException problem = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status >= OK && status < NOT_OK) {
          return;
        }
        problem = new IOException("it answers HTTP " + status);
      } catch (IOException e) {
        problem = e;
      }
    }
    throw problem;
  }
}
