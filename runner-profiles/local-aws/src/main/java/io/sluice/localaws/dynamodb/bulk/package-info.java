/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Puts the items of files in S3 into tables that are there, as bulk operations of the service do.
 */
package io.sluice.localaws.dynamodb.bulk;
