/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Imports tables from S3 as the service does. */
package io.sluice.localaws.dynamodb.intake;
