/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published state of a member: a JVM that works on a step of a job. It is the name of a small
 * object, so that one listing of a folder tells the states of all members.
 *
 * @param member identifies the member: 16 hexadecimal digits
 * @param seq counts the states of the member, from 1; only the highest one is true
 * @param claim the part of the budget that the member uses or is about to use, in millionths
 * @param need the part of the budget that the member could use, in millionths, or {@link #ALL}
 * @param weight worker slots that the member works with, 1 or more
 * @param items how many it has read or written, for the eye of a person only
 * @param units how many it has taken, likewise
 * @param total items that the whole job has to do, -1 if the member does not know
 * @param left whether the member has no work any more: it neither claims nor needs anything
 */
public record MemberState(
    String member,
    long seq,
    int claim,
    int need,
    int weight,
    long items,
    long units,
    long total,
    boolean left) {
  /** The whole budget. */
  static final int WHOLE = 1_000_000;

  /** The need of a member that is held up by its share: as much as it can get. */
  static final int ALL = Integer.MAX_VALUE;

  private static final String ALL_TEXT = "all";

  private static final Pattern NAME =
      Pattern.compile(
          "([0-9a-f]{16})-([0-9]{12})-([0-9]{1,7})-([0-9]{1,7}|all)-([0-9]{1,6})"
              + "-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18}|x)(-left)?");

  public MemberState {
    if (claim < 0 || claim > WHOLE) {
      throw new IllegalArgumentException("claim " + claim + " must be 0 to " + WHOLE);
    }
    if (need < 0 || (need > WHOLE && need != ALL)) {
      throw new IllegalArgumentException("need " + need + " must be 0 to " + WHOLE + ", or ALL");
    }
    if (weight < 1) {
      throw new IllegalArgumentException("weight " + weight + " must be 1 or more");
    }
  }

  /**
   * Returns the name of the object. The names of a member are in the order of its states: whoever
   * lists them in order, while the next one is made and an older one is deleted, sees one at least.
   */
  String name() {
    return String.format(
        Locale.ROOT,
        "%s-%012d-%d-%s-%d-%d-%d-%s%s",
        member,
        seq,
        claim,
        need == ALL ? ALL_TEXT : Integer.toString(need),
        weight,
        items,
        units,
        total < 0 ? "x" : Long.toString(total),
        left ? "-left" : "");
  }

  /** Returns the state that a name tells; empty for a name of something else. */
  static Optional<MemberState> parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new MemberState(
              parts.group(1),
              Long.parseLong(parts.group(2)),
              Integer.parseInt(parts.group(3)),
              parts.group(4).equals(ALL_TEXT) ? ALL : Integer.parseInt(parts.group(4)),
              Integer.parseInt(parts.group(5)),
              Long.parseLong(parts.group(6)),
              Long.parseLong(parts.group(7)),
              parts.group(8).equals("x") ? -1 : Long.parseLong(parts.group(8)),
              parts.group(9) != null));
    } catch (IllegalArgumentException e) {
      // Out of bounds, so none of ours.
      return Optional.empty();
    }
  }
}
