/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Decides which requests go wrong: first those that a script names, then by the rules at random.
 * The same seed and the same requests one after the other give the same faults.
 */
public final class Faults {

  /** Stands for any operation in a script. */
  public static final String ANY = "*";

  private final long seed;
  private final List<Scripted> script = new ArrayList<>();
  private volatile List<FaultRule> rules = List.of();
  private SplittableRandom random;

  /** Hits one request for one of the operations, or for any if there are none. */
  private static final class Scripted {
    private final Set<String> operations;
    private final Fault fault;

    Scripted(Set<String> operations, Fault fault) {
      this.operations = operations;
      this.fault = fault;
    }

    boolean fits(String operation) {
      return (operations.isEmpty() || operations.contains(operation)) && fault.appliesTo(operation);
    }
  }

  /** Holds what goes wrong with a request, and the script that says so, if one does. */
  public static final class Hit {
    private final Fault fault;
    private final Optional<Scripted> scripted;

    private Hit(Fault fault, Optional<Scripted> scripted) {
      this.fault = fault;
      this.scripted = scripted;
    }

    /** Gives what goes wrong. */
    public Fault fault() {
      return fault;
    }
  }

  /** Starts without faults. */
  public Faults(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** Gives the rules. */
  public List<FaultRule> rules() {
    return rules;
  }

  /**
   * Replaces the rules. A request is hit by at most one, so the shares of those that fit it add up.
   *
   * @throws IllegalArgumentException if they add up to more than 1
   */
  public void set(List<FaultRule> newRules) {
    FaultRule.checkShares(newRules);
    rules = List.copyOf(newRules);
  }

  /** Replaces the rules. */
  public void set(FaultRule... newRules) {
    set(List.of(newRules));
  }

  /**
   * Has the next {@code requests} go wrong so, once those that were told so before have.
   *
   * @param operation one, several with a {@code +} between them, {@code items} for those on items,
   *     or {@link #ANY}
   */
  public synchronized void next(String operation, int requests, Fault fault) {
    Set<String> operations = FaultRule.operations(operation);
    FaultRule.checkApplies(operations, fault);
    for (int i = 0; i < requests; i++) {
      script.add(new Scripted(operations, fault));
    }
  }

  /** Counts the faults of scripts that have hit nothing yet. */
  public synchronized int scripted() {
    return script.size();
  }

  /**
   * Draws what goes wrong with a request, if anything does. A rule for all requests with a text
   * comes before scripts, since it plays that the request itself is wrong; other rules come after.
   */
  public Optional<Hit> draw(String operation, byte[] body) {
    List<FaultRule> now = rules;
    boolean looks = now.stream().anyMatch(rule -> rule.containing().isPresent());
    String text = looks ? new String(body, UTF_8) : "";
    for (FaultRule rule : now) {
      if (rule.comesFirst() && rule.fits(operation, text)) {
        return Optional.of(new Hit(rule.fault(), Optional.empty()));
      }
    }
    Optional<Hit> scripted = scripted(operation);
    if (scripted.isPresent() || now.isEmpty()) {
      return scripted;
    }
    double left = nextDouble();
    for (FaultRule rule : now) {
      if (rule.fits(operation, text)) {
        left -= rule.share();
        if (left < 0) {
          return Optional.of(new Hit(rule.fault(), Optional.empty()));
        }
      }
    }
    return Optional.empty();
  }

  /** Takes note that a fault could do nothing to its request: that of a script is due again. */
  public synchronized void missed(Hit hit) {
    hit.scripted.ifPresent(missed -> script.add(0, missed));
  }

  private synchronized Optional<Hit> scripted(String operation) {
    for (Scripted next : script) {
      if (next.fits(operation)) {
        script.remove(next);
        return Optional.of(new Hit(next.fault, Optional.of(next)));
      }
    }
    return Optional.empty();
  }

  private synchronized double nextDouble() {
    return random.nextDouble();
  }

  /** Makes random numbers of their own for one request. */
  public synchronized SplittableRandom split() {
    return random.split();
  }

  /** Forgets rules and scripts, and begins the random numbers anew. */
  public synchronized void reset() {
    rules = List.of();
    script.clear();
    random = new SplittableRandom(seed);
  }
}
