/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Scans a table or an index: {@link io.sluice.dynamodb.scan.ScanTable} returns pages, {@link
 * io.sluice.dynamodb.scan.ReadTable} items.
 */
package io.sluice.dynamodb.scan;
