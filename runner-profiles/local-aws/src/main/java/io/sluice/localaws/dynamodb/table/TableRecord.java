/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.schema.TableDefinition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds what is kept of a table, but for its items.
 *
 * @param region the one in its ARN
 * @param id given when it was created, for no other table ever
 * @param paidPerRequest since when requests are paid for one by one, if they ever were
 * @param streamed when the latest stream began, if there ever was one
 */
record TableRecord(
    TableDefinition definition,
    String region,
    UUID id,
    Instant created,
    TimeToLive timeToLive,
    Optional<Instant> paidPerRequest,
    Optional<Instant> streamed) {}
