/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Answers the operations of DynamoDB on tables and items. */
package io.sluice.localaws.dynamodb.operation;
