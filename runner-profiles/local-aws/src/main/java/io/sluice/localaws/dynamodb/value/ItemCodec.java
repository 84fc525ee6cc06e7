/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.Map;

/**
 * Encodes items in compact bytes for this server's own storage; they are no interchange format.
 */
public final class ItemCodec {

  private ItemCodec() {}

  /** Encodes an item. */
  public static byte[] encode(Map<String, Value> item) {
    throw new UnsupportedOperationException(String.valueOf(item));
  }

  /** Decodes what {@link #encode} made. */
  public static Map<String, Value> decode(byte[] bytes) {
    throw new UnsupportedOperationException(String.valueOf(bytes.length));
  }
}
