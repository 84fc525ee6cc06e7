/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * What formats share whose files are streams of bytes: records cut off the stream, parsed one by
 * one, and written line by line.
 */
package io.sluice.format.stream;
