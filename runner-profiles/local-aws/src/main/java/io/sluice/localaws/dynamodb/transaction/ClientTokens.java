/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Remembers for ten minutes what transactions with a client token came to, so that one that is sent
 * again is not done again. A transaction that failed may be sent again with its token.
 *
 * <p>It is in memory: after a restart no token stands for a request.
 */
final class ClientTokens<R> {

  /** How long a token stands for its request, from the end of the request on. */
  static final Duration VALID = Duration.ofMinutes(10);

  private static final int LOCKS = 256;

  private final InstantSource clock;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
  private final Map<String, Entry<R>> entries = new HashMap<>();
  private final Queue<Entry<R>> oldest = new ArrayDeque<>();

  private record Entry<R>(String token, UUID fingerprint, R result, Instant end) {}

  /** Starts with no tokens. */
  ClientTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** Gives the result of a transaction, and says whether it was done before. */
  record Result<R>(R result, boolean repeated) {}

  /**
   * Runs a transaction, unless one with the same token was done; waits for one in progress.
   *
   * @param fingerprint the same for equal requests
   * @throws DynamoDbException an IdempotentParameterMismatchException if the token stands for
   *     another request
   */
  Result<R> run(String token, UUID fingerprint, Supplier<R> transaction) {
    ReentrantLock lock = locks.get(Math.floorMod(token.hashCode(), LOCKS));
    lock.lock();
    try {
      Optional<Entry<R>> before = find(token);
      if (before.isPresent()) {
        if (!before.get().fingerprint.equals(fingerprint)) {
          throw DynamoDbException.of(
              "IdempotentParameterMismatchException",
              "Rejected this request as parameters do not match a previous request with the same "
                  + "client request token");
        }
        return new Result<>(before.get().result, true);
      }
      R result = transaction.get();
      keep(new Entry<>(token, fingerprint, result, clock.instant().plus(VALID)));
      return new Result<>(result, false);
    } finally {
      lock.unlock();
    }
  }

  private synchronized Optional<Entry<R>> find(String token) {
    Instant now = clock.instant();
    while (!oldest.isEmpty() && !oldest.peek().end.isAfter(now)) {
      Entry<R> entry = oldest.remove();
      entries.remove(entry.token, entry);
    }
    return Optional.ofNullable(entries.get(token));
  }

  private synchronized void keep(Entry<R> entry) {
    entries.put(entry.token, entry);
    oldest.add(entry);
  }
}
