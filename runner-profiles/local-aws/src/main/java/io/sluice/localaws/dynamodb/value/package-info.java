/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The values of attributes: their order, their sizes, their JSON and their errors. */
package io.sluice.localaws.dynamodb.value;
