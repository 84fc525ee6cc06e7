/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The common part of formats whose files are streams of bytes: records are split off the stream,
 * parsed one by one, and written line by line.
 */
package io.sluice.format.stream;
