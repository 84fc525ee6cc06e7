/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Plays application auto scaling: provisioned throughput that follows its use. */
package io.sluice.localaws.dynamodb.scaling;
