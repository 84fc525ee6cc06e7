/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Keeps the books of what runs in the background: ids, lists by pages, and ends. */
package io.sluice.localaws.dynamodb.job;
