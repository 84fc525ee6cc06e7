/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import java.math.BigDecimal;

/**
 * A number as it is spelt, so that it becomes an attribute without losing a digit.
 *
 * <p>Its text is one that {@link BigDecimal} can read.
 */
final class ExactNumber extends Number {
  private static final long serialVersionUID = 1L;

  private final String text;

  ExactNumber(String text) {
    this.text = text;
  }

  @Override
  public int intValue() {
    return decimal().intValue();
  }

  @Override
  public long longValue() {
    return decimal().longValue();
  }

  @Override
  public float floatValue() {
    return decimal().floatValue();
  }

  @Override
  public double doubleValue() {
    return decimal().doubleValue();
  }

  private BigDecimal decimal() {
    return new BigDecimal(text);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ExactNumber other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
