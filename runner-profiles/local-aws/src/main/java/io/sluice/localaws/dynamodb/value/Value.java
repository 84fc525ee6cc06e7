/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Represents the value of an attribute: one of DynamoDB's ten types.
 *
 * <p>Values never change. Two are equal when DynamoDB's {@code =} says so: numbers by their
 * magnitude, sets and maps whatever their order, lists element by element. {@link Order} has what
 * is less and more.
 */
public sealed interface Value {

  /** Names the type as the service's JSON does: {@code S}, {@code BOOL}, {@code SS} and so on. */
  String type();

  /** Holds a string, which may be empty. */
  record S(String text) implements Value {

    public S {
      Objects.requireNonNull(text, "text");
    }

    @Override
    public String type() {
      return "S";
    }
  }

  /** Holds a number without trailing zeros; {@link Numbers} knows the range. */
  record N(BigDecimal number) implements Value {

    public N {
      number = Numbers.canonical(number);
    }

    @Override
    public String type() {
      return "N";
    }
  }

  /** Holds bytes, which may be none. */
  record B(Bytes bytes) implements Value {

    public B {
      Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public String type() {
      return "B";
    }
  }

  /** Holds true or false. */
  record Bool(boolean bool) implements Value {

    public static final Bool TRUE = new Bool(true);
    public static final Bool FALSE = new Bool(false);

    /** Picks the one that holds {@code bool}. */
    public static Bool of(boolean bool) {
      return bool ? TRUE : FALSE;
    }

    @Override
    public String type() {
      return "BOOL";
    }
  }

  /** Stands for an attribute that is there and has no value. */
  record Null() implements Value {

    public static final Null NULL = new Null();

    @Override
    public String type() {
      return "NULL";
    }
  }

  /** Holds strings, at least one. */
  record SS(Set<String> texts) implements Value {

    public SS {
      texts = notEmpty(Frozen.set(texts));
    }

    @Override
    public String type() {
      return "SS";
    }
  }

  /** Holds numbers without trailing zeros, at least one. */
  record NS(Set<BigDecimal> numbers) implements Value {

    public NS {
      numbers = notEmpty(Numbers.canonical(numbers));
    }

    @Override
    public String type() {
      return "NS";
    }
  }

  /** Holds binary values, at least one. */
  record BS(Set<Bytes> binaries) implements Value {

    public BS {
      binaries = notEmpty(Frozen.set(binaries));
    }

    @Override
    public String type() {
      return "BS";
    }
  }

  /** Holds values of any types in an order of their own. */
  record L(List<Value> values) implements Value {

    public L {
      values = List.copyOf(values);
    }

    @Override
    public String type() {
      return "L";
    }
  }

  /** Holds attributes within an attribute. */
  record M(Map<String, Value> values) implements Value {

    public M {
      values = Frozen.map(values);
    }

    @Override
    public String type() {
      return "M";
    }
  }

  private static <E> Set<E> notEmpty(Set<E> set) {
    if (set.isEmpty()) {
      throw new IllegalArgumentException("a set has at least one element");
    }
    return set;
  }
}
