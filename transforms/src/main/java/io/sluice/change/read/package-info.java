/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads changes of a table from files of any form: {@code ReadChanges}. */
package io.sluice.change.read;
