/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Compares items with those of a table, and finds items that only the table has. */
package io.sluice.dynamodb.verify;
