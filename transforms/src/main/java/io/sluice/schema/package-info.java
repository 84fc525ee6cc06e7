/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** What occurs in items, the schema that is made of it, and records of items. */
package io.sluice.schema;
