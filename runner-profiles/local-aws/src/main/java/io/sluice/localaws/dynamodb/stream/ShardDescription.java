/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.util.Optional;

/**
 * Describes a shard.
 *
 * @param parent the shard before it, if there was one, which may be trimmed by now
 * @param start the first sequence number
 * @param end the last sequence number, if the shard is closed
 */
public record ShardDescription(
    String id, Optional<String> parent, long start, Optional<Long> end) {}
