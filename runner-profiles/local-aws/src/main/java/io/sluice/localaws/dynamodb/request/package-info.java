/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Checks the form of requests against shapes, and reports violations as DynamoDB does. */
package io.sluice.localaws.dynamodb.request;
