/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

/** Compares values as sort keys, conditions and BETWEEN do. */
public final class Order {

  private Order() {}

  /** Reports whether two values can be compared: both S, both N or both B. */
  public static boolean comparable(Value one, Value other) {
    return one.type().equals(other.type())
        && (one instanceof Value.S || one instanceof Value.N || one instanceof Value.B);
  }

  /**
   * Compares two values: numbers by magnitude, strings by their UTF-8 bytes, bytes as unsigned.
   *
   * @throws IllegalArgumentException unless they are {@link #comparable}
   */
  public static int compare(Value one, Value other) {
    if (one instanceof Value.N a && other instanceof Value.N b) {
      return a.number().compareTo(b.number());
    }
    if (one instanceof Value.S a && other instanceof Value.S b) {
      return compare(a.text(), b.text());
    }
    if (one instanceof Value.B a && other instanceof Value.B b) {
      return a.bytes().compareTo(b.bytes());
    }
    throw new IllegalArgumentException(
        "values of the types " + one.type() + " and " + other.type() + " have no order");
  }

  /** Compares two strings by their bytes in UTF-8, which is the order of their code points. */
  public static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // Half of a pair stands for a code point beyond all that need one char.
        boolean beyond = Character.isSurrogate(a);
        return beyond == Character.isSurrogate(b) ? Character.compare(a, b) : beyond ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
