/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Answers the requests of DynamoDB Streams. */
package io.sluice.localaws.dynamodb.feed;
