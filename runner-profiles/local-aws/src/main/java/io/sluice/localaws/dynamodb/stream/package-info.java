/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Keeps the streams of tables: shards that follow each other, and records of what changed. */
package io.sluice.localaws.dynamodb.stream;
