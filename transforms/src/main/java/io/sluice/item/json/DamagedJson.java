/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import java.io.IOException;

/** Creates the exception for a response whose JSON is damaged. */
public final class DamagedJson {
  private DamagedJson() {}

  /** Returns the exception, whose message has no contents. */
  public static IOException because(String what) {
    return new IOException("not a response of DynamoDB: " + what);
  }

  static IOException endsEarly() {
    return because("it ends early");
  }
}
