/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Keeps what a job has done in files, so that a later start of it need not do that again: the pages
 * of a scan ({@link io.sluice.dynamodb.checkpoint.Checkpoints}), and the buckets of keys that are
 * written ({@link io.sluice.dynamodb.checkpoint.BucketMarks}).
 */
package io.sluice.dynamodb.checkpoint;
