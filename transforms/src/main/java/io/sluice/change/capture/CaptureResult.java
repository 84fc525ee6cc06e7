/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.feed.FeedCommit;
import java.io.Serializable;

/**
 * The outcome of a capture.
 *
 * @param commit the commit with the number that the run wanted to make
 * @param isOurs whether the run made it; otherwise another did at the same time, and nothing of
 *     this one is kept
 * @param expired how many of its changes are deletions by time to live
 */
public record CaptureResult(FeedCommit commit, boolean isOurs, long expired)
    implements Serializable {}
