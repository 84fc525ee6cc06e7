/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import java.io.IOException;

/** One of the actions that publish a snapshot. */
public record PublishAction(String name, Body body) {
  public interface Body {
    void run() throws IOException;
  }
}
