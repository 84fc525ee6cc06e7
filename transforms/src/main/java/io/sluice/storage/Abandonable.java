/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

/** A channel that can be closed without leaving a file. */
public interface Abandonable {

  /** Closes the channel without leaving a file. Does nothing once it is closed. */
  void abandon();
}
