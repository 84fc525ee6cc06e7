/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Keeps sorted maps of bytes, in memory or on disk. */
package io.sluice.localaws.dynamodb.storage;
