/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import io.sluice.pipelines.cli.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An embedded AWS that starts while this program does, and writes to a file where it listens. The
 * launcher adds a line {@code Ended} when its process is over.
 */
final class StartingAws {
  private static final Pattern DYNAMODB = Pattern.compile("(?m)^DynamoDB +(\\S+)");
  private static final Pattern S3 = Pattern.compile("(?m)^S3 +(\\S+)");
  private static final Pattern READY = Pattern.compile("(?m)^Ready .*\\R");
  private static final Pattern ENDED = Pattern.compile("(?m)^Ended\\R");
  private static final long POLL_MILLIS = 10;

  private final Path file;

  StartingAws(Path file) {
    this.file = file;
  }

  /**
   * Waits until it is ready, and sets the endpoints.
   *
   * @throws JobException if it has ended, with what it printed
   */
  void await(DemoOptions options) {
    try {
      String printed = Files.readString(file);
      while (!READY.matcher(printed).find()) {
        if (ENDED.matcher(printed).find()) {
          throw new JobException(
              "the embedded AWS did not start: " + ENDED.matcher(printed).replaceAll("").strip());
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        printed = Files.readString(file);
      }
      endpoint(DYNAMODB, printed).ifPresent(options::setDynamodbEndpoint);
      endpoint(S3, printed).ifPresent(options::setS3Endpoint);
    } catch (IOException e) {
      throw new JobException("cannot read what the embedded AWS prints: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException("interrupted while the embedded AWS starts", e);
    }
  }

  private static Optional<String> endpoint(Pattern line, String printed) {
    Matcher matcher = line.matcher(printed);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
