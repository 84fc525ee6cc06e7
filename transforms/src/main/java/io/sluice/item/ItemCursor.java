/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import io.sluice.item.codec.ByteReader;
import io.sluice.item.codec.CorruptBytes;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.ValueTag;
import io.sluice.item.codec.Values;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * Walks through the bytes of an item from its beginning to its end, and creates no object that the
 * caller does not ask for.
 *
 * <pre>{@code
 * ItemCursor in = ItemCursor.of(item);
 * for (int left = in.count(); left > 0; left--) {
 *   String name = in.name();
 *   switch (in.type()) {
 *     case S -> use(name, in.string());
 *     default -> in.skip();
 *   }
 * }
 * }</pre>
 *
 * <p>The caller takes everything, in this order: {@link #count} and then, for each attribute,
 * {@link #name}, {@link #type} and the contents that the type has. The cursor checks that the bytes
 * contain what it is asked for, but not that the caller asks in the right order. Every method
 * throws IllegalArgumentException when the bytes are not those of an item.
 */
public final class ItemCursor {
  private static final Type[] TYPES = new Type[ValueTag.M + 1];

  static {
    TYPES[ValueTag.S] = Type.S;
    TYPES[ValueTag.N_TEXT] = Type.N;
    TYPES[ValueTag.N_WHOLE] = Type.N;
    TYPES[ValueTag.N_DECIMAL] = Type.N;
    TYPES[ValueTag.B] = Type.B;
    TYPES[ValueTag.TRUE] = Type.BOOL;
    TYPES[ValueTag.FALSE] = Type.BOOL;
    TYPES[ValueTag.NULL] = Type.NUL;
    TYPES[ValueTag.SS] = Type.SS;
    TYPES[ValueTag.NS] = Type.NS;
    TYPES[ValueTag.BS] = Type.BS;
    TYPES[ValueTag.L] = Type.L;
    TYPES[ValueTag.M] = Type.M;
  }

  private final ByteReader in;
  private int code;
  private int scale;

  private ItemCursor(ByteReader in) {
    this.in = in;
  }

  /** Creates a cursor before the attributes of an item: their {@link #count} is next. */
  public static ItemCursor of(SourcedItem item) {
    return new ItemCursor(new ByteReader(item.encoded()));
  }

  /** Creates a cursor before a value in a part of an array: its {@link #type} is next. */
  public static ItemCursor ofValue(byte[] bytes, int from, int to) {
    return new ItemCursor(new ByteReader(bytes, from, to));
  }

  /**
   * Creates a cursor before the attributes of an item that lies in an array.
   *
   * @param from where the item begins
   * @param length of the item
   */
  public static ItemCursor of(byte[] block, int from, int length) {
    return new ItemCursor(new ByteReader(block, from, from + length));
  }

  /** Returns how many bytes have not been taken: at first, the length of the item. */
  public int remaining() {
    return in.remaining();
  }

  /** Returns a copy of the bytes that have not been taken, of the item or what is left of it. */
  public byte[] copy() {
    return in.copy();
  }

  /**
   * Returns how many attributes of an item or an M, or elements of an L or a set, come next.
   *
   * <p>Attributes are in the order of their names, elements of a set in the set's own order.
   */
  public int count() {
    return in.readCount(1);
  }

  /** Returns the name of the next attribute. */
  public String name() {
    return in.readName();
  }

  /**
   * Returns the name of the next attribute.
   *
   * @param guess a likely name, such as that of the item before, which is found faster
   */
  public String name(String guess) {
    return in.readName(guess);
  }

  /**
   * Returns the type of the next value: an attribute's, or an L element's. (Elements of a set have
   * none.) What to take next: for S {@link #string}, for N {@link #isPacked} and what it describes,
   * for B {@link #binary}, for BOOL {@link #bool}, for NUL nothing, for the others {@link #count}
   * and the elements.
   */
  public Type type() {
    code = in.readByte();
    if (code < 0 || code >= TYPES.length) {
      throw CorruptBytes.because("no such type");
    }
    scale = code == ValueTag.N_DECIMAL ? in.readByte() : 0;
    return TYPES[code];
  }

  /** Takes an S, or an element of an SS. */
  public String string() {
    return in.readString();
  }

  /** Takes the UTF-8 bytes of an S, or of an element of an SS, instead of {@link #string}. */
  public byte[] utf8() {
    return in.readBytes();
  }

  /** Takes a B, or an element of a BS. */
  public byte[] binary() {
    return in.readBytes();
  }

  /** Takes a BOOL. */
  public boolean bool() {
    return code == ValueTag.TRUE;
  }

  /** Moves to the next element of an NS, which is then taken as an N is. */
  public void nextNumber() {
    if (type() != Type.N) {
      throw CorruptBytes.because("a set of numbers holds no number");
    }
  }

  /**
   * Whether a number is kept as a long: then its value is {@link #unscaled} × 10^−{@link #scale},
   * which may be taken instead of {@link #number}. Numbers of up to 18 digits without an exponent
   * are.
   */
  public boolean isPacked() {
    return code != ValueTag.N_TEXT;
  }

  /** Returns the digits of a packed number, without its point. */
  public long unscaled() {
    long unscaled = in.readZigzag();
    PackedNumber.checkUnscaled(unscaled);
    return unscaled;
  }

  /** Returns how many digits of a packed number follow its point, 0 to 17; may be called again. */
  public int scale() {
    return scale;
  }

  /** Returns the text of a number, as it was written. */
  public String number() {
    return code == ValueTag.N_TEXT ? in.readString() : PackedNumber.text(in.readZigzag(), scale);
  }

  /** Skips the contents of the {@link #type} that was just taken. */
  public void skip() {
    skip(1);
  }

  private void skip(int depth) {
    Values.checkDepth(depth);
    switch (code) {
      case ValueTag.S, ValueTag.N_TEXT, ValueTag.B -> in.skip(in.readLength());
      case ValueTag.N_WHOLE, ValueTag.N_DECIMAL -> in.readZigzag();
      case ValueTag.SS, ValueTag.BS -> {
        for (int left = count(); left > 0; left--) {
          in.skip(in.readLength());
        }
      }
      case ValueTag.NS, ValueTag.L -> {
        for (int left = count(); left > 0; left--) {
          type();
          skip(depth + 1);
        }
      }
      case ValueTag.M -> {
        for (int left = count(); left > 0; left--) {
          in.skip(in.readLength());
          type();
          skip(depth + 1);
        }
      }
      default -> {
        // TRUE, FALSE and NULL have no contents.
      }
    }
  }

  /** Returns the underlying bytes, for classes that encode values themselves. */
  public ByteReader bytes() {
    return in;
  }
}
