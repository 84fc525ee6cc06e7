/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

/** Tells reads from writes, which have capacities of their own. */
public enum Direction {
  READ("Read"),
  WRITE("Write");

  private final String text;

  Direction(String text) {
    this.text = text;
  }

  /** Gives the word for it in a throttling reason. */
  @Override
  public String toString() {
    return text;
  }
}
