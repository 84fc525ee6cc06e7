/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/** Gives an item before and after a write. */
public record Change(Optional<Map<String, Value>> before, Optional<Map<String, Value>> after) {}
