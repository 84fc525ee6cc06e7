/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Says what goes wrong with a request.
 *
 * @param type of the error, without its namespace; empty unless the kind is ERROR
 * @param status of HTTP, of an ERROR or an ANSWER
 * @param text the message of an ERROR, or all of an ANSWER
 * @param time by which DELAY delays, or for which an answer that comes bit by bit takes
 */
public record Fault(Kind kind, String type, int status, String text, Duration time) {

  /** Lists what can go wrong. */
  public enum Kind {
    /** An error is the answer, and nothing is done. */
    ERROR,
    /** A given text is the answer, and nothing is done. */
    ANSWER,
    /** The connection is closed without an answer, and nothing is done. */
    RESET_BEFORE,
    /** The request is done, and then the connection is closed without an answer. */
    RESET_AFTER,
    /** No answer ever comes, and nothing is done. */
    HANG_BEFORE,
    /** The request is done, and no answer ever comes. */
    HANG_AFTER,
    /** The request is done, half the answer comes, and then the connection is closed. */
    CUT,
    /** The request is done, and the answer comes a few bytes at a time. */
    TRICKLE,
    /** The request is done, and the answer comes later. */
    DELAY,
    /** A part of a batch, at random, is not processed; a batch of one is. */
    UNPROCESSED,
    /** A page that continues another has no items, and says that the next begins where it did. */
    EMPTY_PAGE,
    /** The request is done, and the answer's x-amz-crc32 is wrong. */
    WRONG_CHECKSUM;

    /** Reports whether it takes a time, which no other does. */
    public boolean hasTime() {
      return this == DELAY || this == TRICKLE;
    }

    /** Spells it as on the command line, {@code reset-after} for example. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final Map<String, Integer> STATUSES =
      Map.of(
          "InternalServerError",
          500,
          "ServiceUnavailable",
          503,
          "ServiceUnavailableException",
          503);

  private static final Map<String, String> MESSAGES =
      Map.of(
          "ProvisionedThroughputExceededException",
          "The level of configured provisioned throughput for the table was exceeded. Consider "
              + "increasing your provisioning level with the UpdateTable API.",
          "ThrottlingException",
          "Rate exceeded",
          "RequestLimitExceeded",
          "Throughput exceeds the current throughput limit for your account. Please contact AWS "
              + "Support at https://aws.amazon.com/support request a limit increase",
          "InternalServerError",
          "Internal server error",
          "ServiceUnavailable",
          "The service is temporarily unavailable.",
          "ExpiredTokenException",
          "The security token included in the request is expired");

  private static final Duration TRICKLE_TIME = Duration.ofSeconds(3);

  public Fault {
    Objects.requireNonNull(kind, "kind");
    if (type.isEmpty() == (kind == Kind.ERROR)) {
      throw new IllegalArgumentException("type is '" + type + "', must be there for ERROR only");
    }
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status is " + status + ", must be 200 to 599");
    }
    if (time.isNegative()) {
      throw new IllegalArgumentException("time is " + time + ", must not be negative");
    }
    if (!time.isZero() && !kind.hasTime()) {
      throw new IllegalArgumentException(
          "time is " + time + ", which only delay and trickle have, and not " + kind.text());
    }
    if (time.isZero() && kind == Kind.DELAY) {
      throw new IllegalArgumentException("a delay must have a time, as in delay@250");
    }
  }

  /** Makes an error of a type, with the status and the message that the service gives it. */
  public static Fault error(String type) {
    return error(type, STATUSES.getOrDefault(type, 400), MESSAGES.getOrDefault(type, ""));
  }

  /** Makes an error. */
  public static Fault error(String type, int status, String message) {
    return new Fault(Kind.ERROR, type, status, message, Duration.ZERO);
  }

  /** Makes an answer, whether or not the service would give it. */
  public static Fault answer(int status, String body) {
    return new Fault(Kind.ANSWER, "", status, body, Duration.ZERO);
  }

  /** Makes a fault that is neither an ERROR nor an ANSWER; TRICKLE takes 3 s. */
  public static Fault of(Kind kind) {
    return of(kind, kind == Kind.TRICKLE ? TRICKLE_TIME : Duration.ZERO);
  }

  /** Makes a fault that takes so long: a DELAY or a TRICKLE. */
  public static Fault of(Kind kind, Duration time) {
    return new Fault(kind, "", 200, "", time);
  }

  /**
   * Reads a fault: {@code reset-after} and so on for a kind, or the type of an error; both may have
   * {@code @} and a number behind them, the status of an error or the milliseconds of a delay,
   * which must have them, or of a trickle.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Fault parse(String text) {
    String[] parts = text.split("@", 2);
    String name = parts[0].trim();
    Optional<Kind> kind = kind(name);
    if (kind.isPresent()) {
      return parts.length == 1
          ? of(kind.get())
          : parse(name, Duration.ofMillis(number(text, parts[1])));
    }
    if (!name.matches("[A-Z][A-Za-z]*[a-z][A-Za-z]*")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no fault: it must be the type of an error, or one of reset-before, "
              + "reset-after, hang-before, hang-after, cut, trickle, delay, unprocessed, "
              + "empty-page and wrong-checksum");
    }
    Fault fault = error(name);
    return parts.length == 1 ? fault : error(name, number(text, parts[1]), fault.text);
  }

  /**
   * Reads a fault that takes so long.
   *
   * @throws IllegalArgumentException if it is none that has a time
   */
  public static Fault parse(String name, Duration time) {
    return kind(name)
        .filter(Kind::hasTime)
        .map(kind -> of(kind, time))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' has a time, which only delay and trickle have"));
  }

  private static Optional<Kind> kind(String name) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.ERROR && kind != Kind.ANSWER && kind.text().equals(name))
        .findFirst();
  }

  private static int number(String text, String digits) {
    try {
      return Integer.parseInt(digits.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' must have a whole number behind its @", e);
    }
  }

  /** Names what the books count: the type of an error, else the kind. */
  public String name() {
    return kind == Kind.ERROR ? type : kind.name();
  }

  /** Reports whether it can do something to a request for an operation. */
  public boolean appliesTo(String operation) {
    return switch (kind) {
      case UNPROCESSED -> operation.equals("BatchWriteItem") || operation.equals("BatchGetItem");
      case EMPTY_PAGE -> operation.equals("Scan") || operation.equals("Query");
      default -> true;
    };
  }

  /** Reports whether only the answer shows if it did something: to a part of a batch, to a page. */
  public boolean isUncertain() {
    return kind == Kind.UNPROCESSED || kind == Kind.EMPTY_PAGE;
  }

  /** Reports whether nothing is done of the request. */
  public boolean isBefore() {
    return kind == Kind.ERROR
        || kind == Kind.ANSWER
        || kind == Kind.RESET_BEFORE
        || kind == Kind.HANG_BEFORE;
  }

  /** Reports whether the client does not get the answer to a request that was done. */
  public boolean losesAnswer() {
    return kind == Kind.RESET_AFTER || kind == Kind.HANG_AFTER || kind == Kind.CUT;
  }

  /** Makes the error that an ERROR answers with. */
  public DynamoDbException exception() {
    return DynamoDbException.of(type, text.isEmpty() ? null : text);
  }
}
