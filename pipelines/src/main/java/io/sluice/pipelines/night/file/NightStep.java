/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A step of a table: a verb with its options.
 *
 * @param verb its name
 * @param arguments its options, of the form --name=value
 * @param shown the same without secrets
 * @param publishes how it gets the time of the night; an option, empty when it publishes nothing
 * @param keeps whether it can keep what it has written below the ledger, to go on with the rest
 * @param reports whether it can write one more report, for the ledger
 * @param retries how often it is tried again, 0 or more
 * @param pause before it is tried again
 * @param line where it is in the file
 */
public record NightStep(
    String verb,
    List<String> arguments,
    List<String> shown,
    String publishes,
    boolean keeps,
    boolean reports,
    int retries,
    Duration pause,
    int line) {
  public NightStep {
    arguments = List.copyOf(arguments);
    shown = List.copyOf(shown);
  }

  /** Whether it raises the capacity of its table while it runs. */
  public boolean raises() {
    return arguments.stream().anyMatch(argument -> argument.startsWith("--raiseCapacity="));
  }

  /**
   * Names the step in whichever run of a night: of these only one is at work at a time, so what it
   * finds raised by itself was left by one that was killed.
   *
   * @param night names the night, unlike any other
   */
  public static String raiser(String night, String table, int number) {
    String name = String.join("/", night, table, String.valueOf(number));
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }

  /** Returns the same step with more options, none of which is a secret. */
  public NightStep with(List<String> more) {
    return new NightStep(
        verb,
        Stream.concat(arguments.stream(), more.stream()).toList(),
        Stream.concat(shown.stream(), more.stream()).toList(),
        publishes,
        keeps,
        reports,
        retries,
        pause,
        line);
  }

  /** Whether it makes a snapshot that is published at the end of the night. */
  public boolean isHeld() {
    return !publishes.isEmpty();
  }

  /**
   * Whether another start of it can go on with a scan, which the file does not say itself: an
   * export of a table whose snapshot has the time of the night.
   */
  public boolean isResumable() {
    return isHeld()
        && verb.equals("export")
        && arguments.stream()
            .noneMatch(
                argument ->
                    argument.startsWith("--resumable")
                        || argument.startsWith("--source=NATIVE_EXPORT"));
  }
}
