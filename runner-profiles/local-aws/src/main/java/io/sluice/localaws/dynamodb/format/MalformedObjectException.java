/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import java.io.IOException;

/** Says that the rest of an object cannot be read as records. */
public final class MalformedObjectException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says why, without what is in the object. */
  public MalformedObjectException(String message) {
    super(message);
  }
}
