/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Globs, folders, and a file system of our own for S3. */
package io.sluice.storage;
