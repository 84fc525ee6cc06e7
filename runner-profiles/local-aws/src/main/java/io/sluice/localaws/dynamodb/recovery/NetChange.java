/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Says what all writes of a span of time together made of an item.
 *
 * @param micros when the last of them was, in microseconds since 1970
 * @param before the item at the beginning of the span, if it was there
 * @param after the item at its end, if it was there
 */
public record NetChange(
    long micros,
    Map<String, Value> key,
    Optional<Map<String, Value>> before,
    Optional<Map<String, Value>> after) {}
