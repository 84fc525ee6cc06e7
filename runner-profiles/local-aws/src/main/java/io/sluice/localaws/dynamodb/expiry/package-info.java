/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Deletes the items whose time to live is over. */
package io.sluice.localaws.dynamodb.expiry;
