/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import java.io.Serializable;
import java.time.Instant;

/**
 * The time of an incremental export: of each key that was written in it, the export has what the
 * item is at its end. A key has no record if its item was put and deleted again within it.
 *
 * @param folder of the export, ending in a slash
 * @param from the first moment of it
 * @param to the moment after it
 */
public record ExportWindow(String folder, Instant from, Instant to) implements Serializable {

  public ExportWindow {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "%s is of the time from %s to %s, and must end after it begins"
              .formatted(folder, from, to));
    }
  }
}
