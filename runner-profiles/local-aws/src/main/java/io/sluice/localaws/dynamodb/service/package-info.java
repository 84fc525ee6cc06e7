/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Finds the operation that a request names, and writes its answer or its error. */
package io.sluice.localaws.dynamodb.service;
