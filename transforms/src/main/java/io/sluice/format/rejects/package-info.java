/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The rejections of an import: written as files, and read again by the format of each record. */
package io.sluice.format.rejects;
