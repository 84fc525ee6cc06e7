/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Keeps the items of tables, in the order of their keys, and their indexes in step with them. */
package io.sluice.localaws.dynamodb.store;
