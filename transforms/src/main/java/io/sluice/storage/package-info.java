/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Globs, folders and S3 as a file system of our own. */
package io.sluice.storage;
