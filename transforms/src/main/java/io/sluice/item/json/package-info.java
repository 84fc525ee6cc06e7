/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** DynamoDB JSON, plain JSON and Data Pipeline's JSON, to items and back. */
package io.sluice.item.json;
