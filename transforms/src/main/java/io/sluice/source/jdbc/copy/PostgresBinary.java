/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.copy;

import java.util.Arrays;
import java.util.Optional;

/**
 * How PostgreSQL sends values of a type in its binary format, and how it would spell them: as its
 * own output functions do, of the style ISO and in UTC.
 */
public enum PostgresBinary {
  /** Big-endian numbers of 2, 4 or 8 bytes. */
  WHOLE {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return ascii(Long.toString(BinaryNumbers.whole(message, from, length)));
    }
  },
  NUMERIC {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return BinaryNumbers.numeric(message, from);
    }
  },
  BOOL {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return new byte[] {(byte) (message[from] == 0 ? 'f' : 't')};
    }
  },
  /** What is sent is the text, or the bytes of a column of bytes. */
  AS_IT_IS {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return Arrays.copyOfRange(message, from, from + length);
    }
  },
  /** Text behind a byte with the version of the format. */
  JSONB {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return Arrays.copyOfRange(message, from + 1, from + length);
    }
  },
  /** Days since 2000. */
  DATE {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return BinaryTimes.date((int) BinaryNumbers.whole(message, from, length));
    }
  },
  /** Microseconds since 2000. */
  TIMESTAMP {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return BinaryTimes.timestamp(BinaryNumbers.whole(message, from, length), false);
    }
  },
  TIMESTAMPTZ {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return BinaryTimes.timestamp(BinaryNumbers.whole(message, from, length), true);
    }
  },
  UUID {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return ascii(
          new java.util.UUID(
                  BinaryNumbers.whole(message, from, Long.BYTES),
                  BinaryNumbers.whole(message, from + Long.BYTES, Long.BYTES))
              .toString());
    }
  },
  /** Sent as the text that the server makes of it, which no other program may make alike. */
  CAST_TO_TEXT {
    @Override
    public byte[] text(byte[] message, int from, int length) {
      return Arrays.copyOfRange(message, from, from + length);
    }
  };

  /**
   * Finds the format of a type; empty for others.
   *
   * @param type its name, as the driver gives it: {@code _int4} for an array
   */
  public static Optional<PostgresBinary> of(String type, boolean isArray) {
    if (isArray) {
      return type.startsWith("_") ? Optional.of(CAST_TO_TEXT) : Optional.empty();
    }
    return switch (type) {
      case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> Optional.of(WHOLE);
      case "numeric" -> Optional.of(NUMERIC);
      case "bool" -> Optional.of(BOOL);
      case "text", "varchar", "bpchar", "name", "bytea", "json" -> Optional.of(AS_IT_IS);
      case "jsonb" -> Optional.of(JSONB);
      case "date" -> Optional.of(DATE);
      case "timestamp" -> Optional.of(TIMESTAMP);
      case "timestamptz" -> Optional.of(TIMESTAMPTZ);
      case "uuid" -> Optional.of(UUID);
      case "float4", "float8", "time", "interval" -> Optional.of(CAST_TO_TEXT);
      default -> Optional.empty();
    };
  }

  /** Returns the text of a value that is not NULL; the bytes themselves for a column of bytes. */
  public abstract byte[] text(byte[] message, int from, int length);

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
