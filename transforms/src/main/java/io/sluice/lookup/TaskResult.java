/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.lookup.event.EventFile;
import java.io.Serializable;
import java.util.List;

/** What a task came to. */
record TaskResult(LookupCounts counts, List<EventFile> files) implements Serializable {
  TaskResult {
    files = List.copyOf(files);
  }
}
