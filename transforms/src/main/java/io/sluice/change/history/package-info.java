/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The versions of one key: its changes in a feed, and its item in files. */
package io.sluice.change.history;
