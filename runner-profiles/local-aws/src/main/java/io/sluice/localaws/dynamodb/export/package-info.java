/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Exports tables to S3 as the service does, in full or what changed in a span of time. */
package io.sluice.localaws.dynamodb.export;
