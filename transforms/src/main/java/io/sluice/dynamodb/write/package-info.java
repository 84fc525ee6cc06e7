/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Writes items: {@link io.sluice.dynamodb.write.WriteTable} and its engines. */
package io.sluice.dynamodb.write;
