/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reduces the changes of a table to what is to be written: {@code ReduceChanges}. */
package io.sluice.change.apply;
