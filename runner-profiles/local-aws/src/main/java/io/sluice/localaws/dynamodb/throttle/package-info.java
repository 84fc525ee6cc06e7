/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Holds requests to the capacity that tables and their indexes have. */
package io.sluice.localaws.dynamodb.throttle;
