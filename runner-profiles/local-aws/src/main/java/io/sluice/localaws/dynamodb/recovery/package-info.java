/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Remembers what tables were like, as point-in-time recovery of the service does. */
package io.sluice.localaws.dynamodb.recovery;
