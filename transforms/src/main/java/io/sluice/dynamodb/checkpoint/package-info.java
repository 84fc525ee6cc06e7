/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Keeps the pages of a scan in files, so that a later start of the same job need not read them
 * again: {@link io.sluice.dynamodb.checkpoint.Checkpoints} is where they are.
 */
package io.sluice.dynamodb.checkpoint;
