/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Shares a client, a budget and the requests in flight between the workers of a JVM. */
package io.sluice.dynamodb.session;
