/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** DynamoDB JSON, as in the API and in native exports. */
package io.sluice.format.dynamodbjson;
