/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

/** Says in one sentence why a storage cannot be used; people who start the server read it. */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says only what people can do something about. */
  StorageException(String message) {
    super(message);
  }

  /** Says what has gone wrong, and keeps its cause. */
  StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
