/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Serves the protocol of DynamoDB, AWS JSON 1.0, over HTTP. */
package io.sluice.localaws.dynamodb.http;
