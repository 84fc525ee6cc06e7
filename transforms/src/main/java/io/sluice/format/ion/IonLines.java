/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.stream.LineSink;
import io.sluice.item.ItemCursor;
import io.sluice.item.ItemNumber;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/**
 * Writes an item as a line of Ion text. A number keeps its digits: a decimal of Ion has a point or
 * an exponent, and any that DynamoDB knows.
 */
final class IonLines implements LineSink.Lines {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private final OutputStream out;

  IonLines(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public void write(ItemCursor item) throws IOException {
    out.write(IonText.MARKER);
    ascii(" {" + IonText.ITEM + ":");
    attributes(item);
    ascii("}\n");
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  private void attributes(ItemCursor in) throws IOException {
    out.write('{');
    int count = in.count();
    for (int i = 0; i < count; i++) {
      comma(i);
      String name = in.name();
      if (IonText.isIdentifier(name)) {
        ascii(name);
      } else {
        quoted(name.getBytes(UTF_8), '\'');
      }
      out.write(':');
      value(in);
    }
    out.write('}');
  }

  private void value(ItemCursor in) throws IOException {
    switch (in.type()) {
      case S -> quoted(in.utf8(), '"');
      case N -> number(in.number());
      case B -> binary(in.binary());
      case BOOL -> ascii(in.bool() ? "true" : "false");
      case NUL -> ascii("null");
      case SS -> set(IonText.SS, in, () -> quoted(in.utf8(), '"'));
      case NS ->
          set(
              IonText.NS,
              in,
              () -> {
                in.nextNumber();
                number(in.number());
              });
      case BS -> set(IonText.BS, in, () -> binary(in.binary()));
      case L -> list(in, () -> value(in));
      case M -> attributes(in);
      default -> throw new IllegalArgumentException("a value without a type");
    }
  }

  private interface Element {
    void write() throws IOException;
  }

  private void set(String annotation, ItemCursor in, Element element) throws IOException {
    ascii(annotation + "::");
    list(in, element);
  }

  private void list(ItemCursor in, Element element) throws IOException {
    out.write('[');
    int count = in.count();
    for (int i = 0; i < count; i++) {
      comma(i);
      element.write();
    }
    out.write(']');
  }

  private void comma(int position) throws IOException {
    if (position > 0) {
      out.write(',');
    }
  }

  /** Writes a decimal: {@code 103.}, {@code 0.50}, {@code 1d-130}. */
  private void number(String text) throws IOException {
    String number = isPlain(text) ? text : ItemNumber.canonical(text);
    int exponent = number.indexOf('E');
    if (exponent >= 0) {
      ascii(number.replace('E', 'd'));
    } else {
      ascii(number);
      if (number.indexOf('.') < 0) {
        out.write('.');
      }
    }
  }

  /** Whether Ion takes the text for a decimal, but for the point of a whole number. */
  private static boolean isPlain(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int whole = (point < 0 ? text.length() : point) - start;
    boolean digits = whole > 0 && point < text.length() - 1;
    for (int i = start; digits && i < text.length(); i++) {
      char c = text.charAt(i);
      digits = (c >= '0' && c <= '9') || i == point;
    }
    return digits && (whole == 1 || text.charAt(start) != '0');
  }

  private void binary(byte[] bytes) throws IOException {
    ascii("{{");
    out.write(Base64.getEncoder().encode(bytes));
    ascii("}}");
  }

  private void quoted(byte[] utf8, char quote) throws IOException {
    out.write(quote);
    int from = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      boolean control = (b >= 0 && b < 0x20) || b == 0x7F;
      if (control || b == quote || b == '\\') {
        out.write(utf8, from, i - from);
        out.write('\\');
        if (control) {
          out.write('x');
          out.write(HEX[b >> 4]);
          out.write(HEX[b & 0xF]);
        } else {
          out.write(b);
        }
        from = i + 1;
      }
    }
    out.write(utf8, from, utf8.length - from);
    out.write(quote);
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
