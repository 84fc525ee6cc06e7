/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What the payload of a rejection is written in, so that it can be read again.
 *
 * @param name the name of the format, as the import calls it
 * @param columns the names of the fields, for a format that has them at the head of a file; else
 *     empty
 */
public record PayloadFormat(String name, List<String> columns) implements Serializable {
  /** An item as a line of DynamoDB JSON. */
  public static final PayloadFormat ITEM = new PayloadFormat("DYNAMODB_JSON", List.of());

  /** A format is read with every rejection; its columns are held once. */
  private static final Map<PayloadFormat, WeakReference<PayloadFormat>> READ =
      Collections.synchronizedMap(new WeakHashMap<>());

  public PayloadFormat {
    columns = List.copyOf(columns);
  }

  private Object readResolve() {
    WeakReference<PayloadFormat> same =
        READ.computeIfAbsent(this, format -> new WeakReference<>(format));
    PayloadFormat held = same.get();
    return held == null ? this : held;
  }

  /**
   * Names the columns in 32 hexadecimal digits, so that a file says them once and not with every
   * record: the same columns in the same order always have the same name.
   */
  public String columnsId() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String column : columns) {
        byte[] name = column.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
        digest.update(name);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
