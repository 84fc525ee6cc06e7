/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Turns files into a published snapshot, in one step that may be repeated. */
package io.sluice.snapshot.publish;
