/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

/** A channel that may be closed without leaving what was written to it. */
public interface Abandonable {

  /** Closes the channel; there is no file then. Does nothing once it is closed. */
  void abandon();
}
