/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

/**
 * Thrown for a record that cannot become an item. The message says what is wrong and where; it
 * never holds the item's contents, since it may end up in a log.
 *
 * <p>Thrown once per bad record, so it carries no stack trace.
 */
public final class InvalidItemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public InvalidItemException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
