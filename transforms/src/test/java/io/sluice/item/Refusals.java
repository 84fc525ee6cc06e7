/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Assertions on refused items. */
public final class Refusals {
  private Refusals() {}

  /** Asserts that the action refuses its item for this reason, and returns the message. */
  public static String assertRefused(Reason reason, Executable action) {
    InvalidItemException e = assertThrows(InvalidItemException.class, action);
    assertThat(e.getMessage(), e.reason(), equalTo(reason));
    return e.getMessage();
  }
}
