/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads and writes the objects of S3 that exports, imports and bulk puts work on. */
package io.sluice.localaws.dynamodb.bucket;
