/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Decides which requests go wrong, how, and how long answers take. */
package io.sluice.localaws.dynamodb.fault;
