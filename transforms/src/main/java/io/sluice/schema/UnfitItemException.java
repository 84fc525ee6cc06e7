/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

/**
 * Thrown for an item that does not fit the schema it was to be written with. The message names the
 * attribute and what did not fit, never the value.
 *
 * <p>Carries no stack trace: what failed is the item.
 */
public final class UnfitItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitItemException(String message) {
    super(message, null, false, false);
  }
}
