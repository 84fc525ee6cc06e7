/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

/** Says that a map has been dropped, so that a read of it has found nothing, or only a part. */
public final class DroppedMapException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DroppedMapException(String name) {
    super("the map " + name + " has been dropped");
  }
}
