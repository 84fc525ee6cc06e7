/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists jobs of one kind, the latest first. */
public final class Jobs<J extends Job> {

  private static final Duration TOKEN_LIFE = Duration.ofHours(8);
  private static final int PAGE = 10;
  private static final int TOKEN_BYTES = 56;
  private static final int TOKEN_UNIT = 8;

  private final ConcurrentLinkedDeque<J> jobs = new ConcurrentLinkedDeque<>();

  /** Gives a page of jobs, and the token for the next one if there are more. */
  public record Page<J>(List<J> jobs, Optional<String> next) {}

  /** Adds a job. */
  public void add(J job) {
    jobs.addFirst(job);
  }

  /** Finds a job by its ARN. */
  public Optional<J> find(String arn) {
    return all().filter(job -> job.arn().equals(arn)).findFirst();
  }

  /** Finds the job that a request with the same token has started, for eight hours. */
  public Optional<J> find(String token, Instant now) {
    return all()
        .filter(job -> job.token().equals(token))
        .filter(
            job -> job.tokenSince().map(since -> now.isBefore(since.plus(TOKEN_LIFE))).orElse(true))
        .findFirst();
  }

  /** Lists all of them. */
  public List<J> list() {
    return all().toList();
  }

  private Stream<J> all() {
    return jobs.stream();
  }

  /**
   * Lists jobs by pages.
   *
   * @param max how many there are in a page, 10 if the request does not say
   * @param token the one that came with the page before
   */
  public Page<J> page(Predicate<J> wanted, OptionalLong max, Optional<String> token) {
    List<J> left = all().filter(wanted).toList();
    if (token.isPresent()) {
      String last = arn(token.get());
      int at = left.stream().map(Job::arn).toList().indexOf(last);
      if (at < 0) {
        throw invalidToken();
      }
      left = left.subList(at + 1, left.size());
    }
    int size = (int) max.orElse(PAGE);
    if (left.size() <= size) {
      return new Page<>(left, Optional.empty());
    }
    return new Page<>(left.subList(0, size), Optional.of(token(left.get(size - 1).arn())));
  }

  /** Encodes an ARN in digits, as the service's tokens are: at least 112, and 16 at a time. */
  private static String token(String arn) {
    byte[] bytes = arn.getBytes(UTF_8);
    int length = Math.max(TOKEN_BYTES, (bytes.length + TOKEN_UNIT - 1) / TOKEN_UNIT * TOKEN_UNIT);
    return HexFormat.of().formatHex(Arrays.copyOf(bytes, length));
  }

  private static String arn(String token) {
    try {
      return new String(HexFormat.of().parseHex(token), UTF_8).replace("\0", "");
    } catch (IllegalArgumentException e) {
      throw invalidToken();
    }
  }

  private static DynamoDbException invalidToken() {
    return DynamoDbException.validation("Invalid NextToken");
  }
}
