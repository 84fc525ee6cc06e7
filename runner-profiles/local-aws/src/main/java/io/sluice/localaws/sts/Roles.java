/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.sts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers AssumeRole for roles that are known, and counts the sessions.
 *
 * <p>Sources: the API reference of STS, AssumeRole; "Using the temporary security credentials" of
 * the IAM user guide.
 */
public final class Roles {

  private static final int LEAST_SECONDS = 900;
  private static final int MOST_SECONDS = 43_200;
  private static final int DEFAULT_SECONDS = 3_600;
  private static final String SESSION_NAME = "[\\w+=,.@-]{2,64}";

  private final List<Role> roles;
  private final Optional<String> externalId;
  private final Duration longest;
  private final AtomicLong sessions = new AtomicLong();

  /**
   * Knows some roles.
   *
   * @param externalId what all of them want to be told
   * @param longest how long a session lasts at most, whatever is asked for
   */
  public Roles(List<Role> roles, Optional<String> externalId, Duration longest) {
    this.roles = List.copyOf(roles);
    this.externalId = Objects.requireNonNull(externalId, "externalId");
    this.longest = Objects.requireNonNull(longest, "longest");
  }

  /**
   * A session of a role.
   *
   * @param number 1 or more; it is in the token
   */
  record Session(Role role, String name, long number, Duration life) {}

  /** Returns how many sessions were given out. */
  public long sessions() {
    return sessions.get();
  }

  /**
   * Assumes a role.
   *
   * @throws StsException when it is not known, the external id is another, or a parameter is wrong
   */
  Session assume(Map<String, String> parameters) {
    String name = parameters.getOrDefault("RoleSessionName", "");
    if (!name.matches(SESSION_NAME)) {
      throw StsException.invalid(
          "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: "
              + "Member must satisfy regular expression pattern: [\\w+=,.@-]* and have a length of "
              + "2 to 64");
    }
    int seconds = seconds(parameters.get("DurationSeconds"));
    String arn = parameters.getOrDefault("RoleArn", "");
    Role role =
        roles.stream()
            .filter(known -> known.arn().equals(arn))
            .filter(known -> isTold(parameters.get("ExternalId")))
            .findFirst()
            .orElseThrow(() -> StsException.denied(arn));
    Duration asked = Duration.ofSeconds(seconds);
    return new Session(
        role, name, sessions.incrementAndGet(), asked.compareTo(longest) < 0 ? asked : longest);
  }

  private boolean isTold(String given) {
    return externalId.map(wanted -> wanted.equals(given)).orElse(true);
  }

  private static int seconds(String text) {
    if (text == null) {
      return DEFAULT_SECONDS;
    }
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // The same message serves for a number that is out of bounds.
    }
    throw StsException.invalid(
        "1 validation error detected: Value '"
            + text
            + "' at 'durationSeconds' failed to satisfy constraint: Member must have value between "
            + LEAST_SECONDS
            + " and "
            + MOST_SECONDS);
  }
}
