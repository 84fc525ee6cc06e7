/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Puts, gets, updates and deletes one item: PutItem, GetItem, UpdateItem and DeleteItem. */
package io.sluice.localaws.dynamodb.item;
