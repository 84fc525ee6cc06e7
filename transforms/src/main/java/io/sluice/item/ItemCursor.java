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
 * Walks through the bytes of an item from its beginning to its end, and makes no object of what the
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
 * <p>The caller takes everything, in this order: {@link #count} and then, of each attribute, {@link
 * #name}, {@link #type} and what belongs to the type. The cursor checks that the bytes hold what it
 * is asked for, and not that the caller asks in the right order. Every method throws
 * IllegalArgumentException when the bytes are not those of an item.
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

  /** Stands before the attributes of an item: their {@link #count} is next. */
  public static ItemCursor of(SourcedItem item) {
    return new ItemCursor(new ByteReader(item.encoded()));
  }

  /**
   * How many attributes, of an item or an M, or elements, of an L or a set, come next.
   *
   * <p>Of an item and of an M they are in the order of their names, of a set in the set's own.
   */
  public int count() {
    return in.readCount(1);
  }

  /** The name of the next attribute. */
  public String name() {
    return in.readName();
  }

  /**
   * The name of the next attribute.
   *
   * @param guess what it may well be, as that of the item before: it is found faster then
   */
  public String name(String guess) {
    return in.readName(guess);
  }

  /**
   * The type of the value that comes next: an attribute's, or an element's of an L. (Those of a set
   * have none.) What to take then: S {@link #string}, N {@link #isPacked} and what follows it, B
   * {@link #binary}, BOOL {@link #bool}, NUL nothing, the others {@link #count} and the elements.
   */
  public Type type() {
    code = in.readByte();
    if (code < 0 || code >= TYPES.length) {
      throw CorruptBytes.because("no such type");
    }
    scale = code == ValueTag.N_DECIMAL ? in.readByte() : 0;
    return TYPES[code];
  }

  /** Of an S, and of each element of an SS. */
  public String string() {
    return in.readString();
  }

  /** Of an S, and of each element of an SS: its bytes in UTF-8, in the place of {@link #string}. */
  public byte[] utf8() {
    return in.readBytes();
  }

  /** Of a B, and of each element of a BS. */
  public byte[] binary() {
    return in.readBytes();
  }

  /** Of a BOOL. */
  public boolean bool() {
    return code == ValueTag.TRUE;
  }

  /** Goes to the next element of an NS; what belongs to an N is taken then. */
  public void nextNumber() {
    if (type() != Type.N) {
      throw CorruptBytes.because("a set of numbers holds no number");
    }
  }

  /**
   * Whether a number is kept as a long: then its value is {@link #unscaled} × 10^−{@link #scale},
   * and one may take that in the place of {@link #number}. Numbers of up to 18 digits without an
   * exponent are.
   */
  public boolean isPacked() {
    return code != ValueTag.N_TEXT;
  }

  /** The digits of a packed number, without its point. */
  public long unscaled() {
    long unscaled = in.readZigzag();
    PackedNumber.checkUnscaled(unscaled);
    return unscaled;
  }

  /** How many digits of a packed number are behind its point, 0 to 17; may be asked again. */
  public int scale() {
    return scale;
  }

  /** The text of a number, as it was written. */
  public String number() {
    return code == ValueTag.N_TEXT ? in.readString() : PackedNumber.text(in.readZigzag(), scale);
  }

  /** Passes over what belongs to the {@link #type} that was just taken. */
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
        // TRUE, FALSE and NULL are their type alone.
      }
    }
  }

  /** The bytes behind, for the classes that write values on their own. */
  public ByteReader bytes() {
    return in;
  }
}
