/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Converts the values of databases to those that items are made of. */
package io.sluice.source.jdbc.value;
