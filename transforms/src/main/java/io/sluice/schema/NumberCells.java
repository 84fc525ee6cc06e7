/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.sluice.item.ItemCursor;
import io.sluice.item.ItemNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
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
    Object take(ItemCursor in, RecordWalk walk);
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

  private static Object ofText(ItemCursor in, RecordWalk walk) {
    return new Utf8(canonical(in, walk));
  }

  private static String canonical(ItemCursor in, RecordWalk walk) {
    try {
      return ItemNumber.canonical(in.number());
    } catch (IllegalArgumentException e) {
      throw walk.unfit("is no number");
    }
  }

  private static Object ofInt(ItemCursor in, RecordWalk walk) {
    long value = whole(in, walk);
    if (value != (int) value) {
      throw walk.unfit("is a number beyond an int");
    }
    return (int) value;
  }

  private static Object ofLong(ItemCursor in, RecordWalk walk) {
    return whole(in, walk);
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

  private static Object ofDouble(ItemCursor in, RecordWalk walk) {
    if (in.isPacked()) {
      int scale = in.scale();
      long unscaled = in.unscaled();
      if (Math.abs(unscaled) < DOUBLE_LIMIT) {
        // Both are exact as doubles, so this is the double nearest to the number.
        return (double) unscaled / (double) POWERS[scale];
      }
      return ofDouble(BigDecimal.valueOf(unscaled, scale), walk);
    }
    return ofDouble(exact(in, walk), walk);
  }

  private static Object ofDouble(BigDecimal number, RecordWalk walk) {
    double value = number.doubleValue();
    if (!Double.isFinite(value) || !isSame(number, NumberOutput.toString(value, true))) {
      throw walk.unfit("is a number that a double does not hold");
    }
    return value;
  }

  private static Object ofFloat(ItemCursor in, RecordWalk walk) {
    BigDecimal number = exact(in, walk);
    float value = number.floatValue();
    if (!Float.isFinite(value) || !isSame(number, NumberOutput.toString(value, true))) {
      throw walk.unfit("is a number that a float does not hold");
    }
    return value;
  }

  private static boolean isSame(BigDecimal number, String readBack) {
    return number.compareTo(new BigDecimal(readBack)) == 0;
  }

  /** Converts to the two's complement of the number's digits, the highest byte first. */
  private static final class DecimalCell implements NumberCell {
    private final Schema schema;
    private final int precision;
    private final int scale;

    /** The limit of a long, exclusive; 0 when the precision allows every long. */
    private final long limit;

    DecimalCell(Schema schema, LogicalTypes.Decimal decimal) {
      this.schema = schema;
      this.precision = decimal.getPrecision();
      this.scale = decimal.getScale();
      this.limit = precision < POWERS.length ? POWERS[precision] : 0;
    }

    @Override
    public Object take(ItemCursor in, RecordWalk walk) {
      if (!in.isPacked()) {
        return big(exact(in, walk), walk);
      }
      int ownScale = in.scale();
      long unscaled = in.unscaled();
      int up = scale - ownScale;
      if (up < 0) {
        long power = POWERS[-up];
        if (unscaled % power != 0) {
          throw unfit(walk);
        }
        return whole(unscaled / power, walk);
      }
      if (up < POWERS.length) {
        long power = POWERS[up];
        long product = unscaled * power;
        if (Math.multiplyHigh(unscaled, power) == product >> (Long.SIZE - 1)) {
          return whole(product, walk);
        }
      }
      return big(BigDecimal.valueOf(unscaled, ownScale), walk);
    }

    private Object whole(long digits, RecordWalk walk) {
      if (limit != 0 && (digits >= limit || digits <= -limit)) {
        throw unfit(walk);
      }
      if (schema.getType() == Schema.Type.BYTES) {
        return ByteBuffer.wrap(BigInteger.valueOf(digits).toByteArray());
      }
      byte[] bytes = new byte[schema.getFixedSize()];
      long rest = digits;
      for (int i = bytes.length - 1; i >= 0; i--) {
        bytes[i] = (byte) rest;
        rest >>= Byte.SIZE;
      }
      // A fixed that is too small for its precision is not ours, but a user may have one.
      if (rest != (digits >> (Long.SIZE - 1)) || (bytes[0] < 0) != (digits < 0)) {
        throw unfit(walk);
      }
      return new GenericData.Fixed(schema, bytes);
    }

    private Object big(BigDecimal number, RecordWalk walk) {
      BigDecimal plain = number.stripTrailingZeros();
      long whole = plain.signum() == 0 ? 0 : (long) plain.precision() - plain.scale();
      if (plain.scale() > scale || whole > precision - scale) {
        throw unfit(walk);
      }
      byte[] digits = plain.setScale(scale).unscaledValue().toByteArray();
      if (schema.getType() == Schema.Type.BYTES) {
        return ByteBuffer.wrap(digits);
      }
      int size = schema.getFixedSize();
      if (digits.length > size) {
        throw unfit(walk);
      }
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, 0, size - digits.length, (byte) (digits[0] >> (Byte.SIZE - 1)));
      System.arraycopy(digits, 0, bytes, size - digits.length, digits.length);
      return new GenericData.Fixed(schema, bytes);
    }

    private UnfitItemException unfit(RecordWalk walk) {
      return walk.unfit(
          "is a number that decimal(%d,%d) does not hold".formatted(precision, scale));
    }
  }
}
