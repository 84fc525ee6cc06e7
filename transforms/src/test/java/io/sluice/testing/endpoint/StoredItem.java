/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

/**
 * A kept item.
 *
 * @param json its attributes, as the request had them
 * @param size its size, as DynamoDB counts
 */
record StoredItem(byte[] json, int size) {}
