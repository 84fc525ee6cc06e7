/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.item.KeyAttribute;

/** A key attribute in a manifest's JSON. */
record KeyJson(String name, KeyAttribute.Type type) {}
