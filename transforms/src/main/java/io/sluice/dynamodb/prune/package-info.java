/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Deletes items that only the table has, each on the condition that it is as it was read. */
package io.sluice.dynamodb.prune;
