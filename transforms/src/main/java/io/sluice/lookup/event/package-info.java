/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads the keys of events, and writes events in the form in which they came. */
package io.sluice.lookup.event;
