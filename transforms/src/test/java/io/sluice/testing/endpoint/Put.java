/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An item of a request, whose bytes are in the request's body.
 *
 * @param start where its JSON begins in the body
 * @param end where its JSON ends
 * @param size its size, as DynamoDB counts
 * @param hash a hash of its key
 * @param place the place of its partition key among all, from 0 to {@link StoredKey#PLACES}
 * @param indexes a bit for each of the table's indexes that it is in
 * @param key its key; null when items are only counted
 * @param problem why it is refused; null when it is not
 */
record Put(
    int start,
    int end,
    int size,
    long hash,
    int place,
    int indexes,
    @Nullable StoredKey key,
    @Nullable String problem) {

  boolean hasKeyOf(Put other) {
    return hash == other.hash && Objects.equals(key, other.key);
  }
}
