/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads pages of a table or an index: Scan and Query. */
package io.sluice.localaws.dynamodb.search;
