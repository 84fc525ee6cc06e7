/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Creates, describes, changes and deletes tables. */
package io.sluice.localaws.dynamodb.table;
