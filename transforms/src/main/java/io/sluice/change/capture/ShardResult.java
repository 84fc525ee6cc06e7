/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.stream.ShardReader;
import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The outcome of reading a shard.
 *
 * @param end how far it was read
 * @param files the files that have its changes
 * @param late how many of these are older than what an earlier commit called complete
 * @param expired how many are deletions by time to live
 * @param gap why changes before these are lost; null if none are
 */
record ShardResult(
    ShardReader.End end, List<DeltaFile> files, long late, long expired, @Nullable String gap)
    implements Serializable {}
