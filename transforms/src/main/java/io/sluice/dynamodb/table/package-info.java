/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Describes and creates tables, and raises their capacity for a run. */
package io.sluice.dynamodb.table;
