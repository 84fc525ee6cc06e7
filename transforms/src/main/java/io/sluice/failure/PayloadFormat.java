/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The format of a rejection's payload, with which it can be read again.
 *
 * @param name the name of the format, as the import calls it
 * @param columns the names of the fields, for a format that has them at the head of a file; else
 *     empty
 */
public record PayloadFormat(String name, List<String> columns) implements Serializable {
  /** An item as a line of DynamoDB JSON. */
  public static final PayloadFormat ITEM = new PayloadFormat("DYNAMODB_JSON", List.of());

  public PayloadFormat {
    columns = List.copyOf(columns);
  }

  /**
   * Encodes the format as one byte string, which travels with every rejection; the names are held
   * once in memory.
   */
  private Object writeReplace() {
    return columns.isEmpty() ? this : new Packed(packed());
  }

  /** Encodes the name of the format and those of the columns, each after its length. */
  private byte[] packed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Stream.concat(Stream.of(name), columns.stream())
        .forEach(
            text -> {
              byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
              bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
              bytes.writeBytes(utf8);
            });
    return bytes.toByteArray();
  }

  private static PayloadFormat unpacked(byte[] packed) {
    List<String> texts = new ArrayList<>();
    for (ByteBuffer in = ByteBuffer.wrap(packed); in.hasRemaining(); ) {
      byte[] utf8 = new byte[in.getInt()];
      in.get(utf8);
      texts.add(new String(utf8, StandardCharsets.UTF_8));
    }
    return new PayloadFormat(texts.get(0), texts.subList(1, texts.size()));
  }

  private record Packed(byte[] bytes) implements Serializable {
    private static final int HELD = 16;

    /** The formats that were decoded last. */
    private static final Map<ByteBuffer, PayloadFormat> READ =
        new LinkedHashMap<>(HELD, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, PayloadFormat> eldest) {
            return size() > HELD;
          }
        };

    private Object readResolve() {
      synchronized (READ) {
        return READ.computeIfAbsent(ByteBuffer.wrap(bytes), key -> unpacked(bytes));
      }
    }
  }

  /**
   * Identifies the columns by 32 hexadecimal digits, so that a file lists them once and not with
   * every record: the same columns in the same order always have the same identifier.
   */
  public String columnsId() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(packed());
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
