/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** DynamoDB JSON, as the API and native exports have it. */
package io.sluice.format.dynamodbjson;
