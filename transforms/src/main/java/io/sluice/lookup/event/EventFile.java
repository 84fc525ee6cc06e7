/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import java.io.Serializable;

/**
 * A complete file of events.
 *
 * @param name in the folder of the result
 * @param staged its name in the folder of staged files
 * @param md5 of its bytes, in Base64
 */
public record EventFile(String name, String staged, long events, long bytes, String md5)
    implements Serializable {}
