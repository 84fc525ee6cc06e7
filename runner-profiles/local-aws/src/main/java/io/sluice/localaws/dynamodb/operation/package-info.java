/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads the requests of operations on items, checks what they have in common, and words errors. */
package io.sluice.localaws.dynamodb.operation;
