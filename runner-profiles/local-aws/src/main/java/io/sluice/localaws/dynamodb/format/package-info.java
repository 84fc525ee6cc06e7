/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads and writes the files of exports, imports and bulk puts: DynamoDB JSON, Ion and CSV. */
package io.sluice.localaws.dynamodb.format;
