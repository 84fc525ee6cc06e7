/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Puts the parts of our own DynamoDB together. */
package io.sluice.localaws.dynamodb;
