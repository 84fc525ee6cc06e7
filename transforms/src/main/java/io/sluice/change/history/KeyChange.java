/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.history;

import io.sluice.change.record.Change;

/**
 * A change of the key that was asked for.
 *
 * @param commit the number of the commit that has it
 * @param change what it has made of the item, and when
 * @param expired whether time to live deleted the item
 */
public record KeyChange(long commit, Change change, boolean expired) {}
