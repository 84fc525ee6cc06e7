/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Keeps exact books of requests: what was asked, answered, written, read and consumed. */
package io.sluice.localaws.dynamodb.book;
