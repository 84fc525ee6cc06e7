/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.Reason;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Decodes PostgreSQL's text of bytes, in either of its two forms. */
final class PostgresBytes {
  private static final String HEX = "\\x";
  private static final int OCTAL_DIGITS = 3;

  private PostgresBytes() {}

  /** Decodes {@code \x00ff} or {@code \000\377}; {@link Unusable} when it is neither. */
  static Object of(String text) {
    try {
      return text.startsWith(HEX)
          ? HexFormat.of().parseHex(text, HEX.length(), text.length())
          : escaped(text);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return new Unusable(Reason.MALFORMED, "bytes that are not understood", text);
    }
  }

  private static byte[] escaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\') {
        bytes.write(text.charAt(i));
      } else if (text.charAt(i + 1) == '\\') {
        bytes.write('\\');
        i++;
      } else {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
        i += OCTAL_DIGITS;
      }
    }
    return bytes.toByteArray();
  }
}
