/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.Serializable;

/**
 * A manifest's count and checksum of a file, checked while the file is read.
 *
 * @param items the number of items in it
 * @param md5 the MD5 of its stored bytes, in Base64
 */
public record ContentCheck(long items, String md5) implements Serializable {}
