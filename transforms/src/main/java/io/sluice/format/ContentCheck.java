/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.Serializable;

/**
 * What a manifest says of a file, to be checked while the file is read.
 *
 * @param items how many items it holds
 * @param md5 the MD5 of its bytes as they are stored, in Base64
 */
public record ContentCheck(long items, String md5) implements Serializable {}
