/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.sluice.item.ItemCursor;
import io.sluice.item.ItemNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Converts numbers to columns. Each column takes the numbers whose value comes back equal.
 *
 * <p>Nearly all numbers of a table are packed (see {@link ItemCursor#isPacked}), and those are
 * never turned into text.
 */
final class NumberCells {
  private static final long[] POWERS = new long[19];

  /** Decimals below this, that is, of up to 15 digits, come back from a double. */
  private static final long DOUBLE_LIMIT = 1_000_000_000_000_000L;

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private NumberCells() {}

  /** Converts the next number; its type is taken already. */
  interface NumberCell {
    void take(ItemCursor in, RecordWalk walk, Slot slot);
  }

  /** Returns the cell for numbers of a column; null when the column does not hold numbers. */
  static @Nullable NumberCell of(Schema schema) {
    return switch (schema.getType()) {
      case INT -> NumberCells::ofInt;
      case LONG -> NumberCells::ofLong;
      case FLOAT -> NumberCells::ofFloat;
      case DOUBLE -> NumberCells::ofDouble;
      case STRING -> "N".equals(schema.getProp(TableSchema.TYPE)) ? NumberCells::ofText : null;
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? new DecimalCell(schema, decimal)
              : null;
      default -> null;
    };
  }

  private static void ofText(ItemCursor in, RecordWalk walk, Slot slot) {
    byte[] text = canonical(in, walk).getBytes(US_ASCII);
    slot.bytes(text, 0, text.length);
  }

  private static String canonical(ItemCursor in, RecordWalk walk) {
    try {
      return ItemNumber.canonical(in.number());
    } catch (IllegalArgumentException e) {
      throw walk.unfit("is no number");
    }
  }

  private static void ofInt(ItemCursor in, RecordWalk walk, Slot slot) {
    long value = whole(in, walk);
    if (value != (int) value) {
      throw walk.unfit("is a number beyond an int");
    }
    slot.number((int) value);
  }

  private static void ofLong(ItemCursor in, RecordWalk walk, Slot slot) {
    slot.number(whole(in, walk));
  }

  private static long whole(ItemCursor in, RecordWalk walk) {
    if (!in.isPacked()) {
      try {
        return exact(in, walk).longValueExact();
      } catch (ArithmeticException e) {
        throw walk.unfit("is a number beyond a long, or with a fraction");
      }
    }
    int scale = in.scale();
    long unscaled = in.unscaled();
    if (scale == 0) {
      return unscaled;
    }
    long power = POWERS[scale];
    if (unscaled % power != 0) {
      throw walk.unfit("is a number with a fraction");
    }
    return unscaled / power;
  }

  private static BigDecimal exact(ItemCursor in, RecordWalk walk) {
    try {
      return new BigDecimal(canonical(in, walk));
    } catch (NumberFormatException e) {
      throw walk.unfit("is a number out of range");
    }
  }

  private static void ofDouble(ItemCursor in, RecordWalk walk, Slot slot) {
    slot.number(real(in, walk));
  }

  private static double real(ItemCursor in, RecordWalk walk) {
    if (in.isPacked()) {
      int scale = in.scale();
      long unscaled = in.unscaled();
      if (Math.abs(unscaled) < DOUBLE_LIMIT) {
        // Both are exact as doubles, so this is the double nearest to the number.
        return (double) unscaled / (double) POWERS[scale];
      }
      return real(BigDecimal.valueOf(unscaled, scale), walk);
    }
    return real(exact(in, walk), walk);
  }

  private static double real(BigDecimal number, RecordWalk walk) {
    double value = number.doubleValue();
    if (!Double.isFinite(value) || !isSame(number, NumberOutput.toString(value, true))) {
      throw walk.unfit("is a number that a double does not hold");
    }
    return value;
  }

  private static void ofFloat(ItemCursor in, RecordWalk walk, Slot slot) {
    BigDecimal number = exact(in, walk);
    float value = number.floatValue();
    if (!Float.isFinite(value) || !isSame(number, NumberOutput.toString(value, true))) {
      throw walk.unfit("is a number that a float does not hold");
    }
    slot.number(value);
  }

  private static boolean isSame(BigDecimal number, String readBack) {
    return number.compareTo(new BigDecimal(readBack)) == 0;
  }

  /** Converts to the two's complement of the number's digits, the highest byte first. */
  private static final class DecimalCell implements NumberCell {
    private final int precision;
    private final int scale;

    /** The digits of a fixed; empty when the length is the number's own. */
    private final byte[] fixed;

    /** The limit of a long, exclusive; 0 when the precision allows every long. */
    private final long limit;

    DecimalCell(Schema schema, LogicalTypes.Decimal decimal) {
      this.precision = decimal.getPrecision();
      this.scale = decimal.getScale();
      this.fixed = new byte[schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0];
      this.limit = precision < POWERS.length ? POWERS[precision] : 0;
    }

    @Override
    public void take(ItemCursor in, RecordWalk walk, Slot slot) {
      if (!in.isPacked()) {
        big(exact(in, walk), walk, slot);
        return;
      }
      int ownScale = in.scale();
      long unscaled = in.unscaled();
      int up = scale - ownScale;
      if (up < 0) {
        long power = POWERS[-up];
        if (unscaled % power != 0) {
          throw unfit(walk);
        }
        whole(unscaled / power, walk, slot);
        return;
      }
      if (up < POWERS.length) {
        long power = POWERS[up];
        long product = unscaled * power;
        if (Math.multiplyHigh(unscaled, power) == product >> (Long.SIZE - 1)) {
          whole(product, walk, slot);
          return;
        }
      }
      big(BigDecimal.valueOf(unscaled, ownScale), walk, slot);
    }

    private void whole(long digits, RecordWalk walk, Slot slot) {
      if (limit != 0 && (digits >= limit || digits <= -limit)) {
        throw unfit(walk);
      }
      if (fixed.length == 0) {
        byte[] bytes = BigInteger.valueOf(digits).toByteArray();
        slot.bytes(bytes, 0, bytes.length);
        return;
      }
      long rest = digits;
      for (int i = fixed.length - 1; i >= 0; i--) {
        fixed[i] = (byte) rest;
        rest >>= Byte.SIZE;
      }
      // A fixed that is too small for its precision is not ours, but a user may have one.
      if (rest != (digits >> (Long.SIZE - 1)) || (fixed[0] < 0) != (digits < 0)) {
        throw unfit(walk);
      }
      slot.bytes(fixed, 0, fixed.length);
    }

    private void big(BigDecimal number, RecordWalk walk, Slot slot) {
      BigDecimal plain = number.stripTrailingZeros();
      long whole = plain.signum() == 0 ? 0 : (long) plain.precision() - plain.scale();
      if (plain.scale() > scale || whole > precision - scale) {
        throw unfit(walk);
      }
      byte[] digits = plain.setScale(scale).unscaledValue().toByteArray();
      if (fixed.length == 0) {
        slot.bytes(digits, 0, digits.length);
        return;
      }
      int size = fixed.length;
      if (digits.length > size) {
        throw unfit(walk);
      }
      Arrays.fill(fixed, 0, size - digits.length, (byte) (digits[0] >> (Byte.SIZE - 1)));
      System.arraycopy(digits, 0, fixed, size - digits.length, digits.length);
      slot.bytes(fixed, 0, size);
    }

    private UnfitItemException unfit(RecordWalk walk) {
      return walk.unfit(
          "is a number that decimal(%d,%d) does not hold".formatted(precision, scale));
    }
  }
}
