/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.columnar.ColumnCell.Form;
import io.sluice.format.columnar.ColumnarValue;
import io.sluice.format.parquet.record.BytesCell;
import io.sluice.format.parquet.record.PlainCell;
import io.sluice.format.parquet.record.RecordCell;
import io.sluice.format.parquet.record.WholeCell;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Creates converters from Parquet's primitive types to {@link ColumnarValue} values. */
final class ParquetScalars {
  private ParquetScalars() {}

  /** Creates a converter that passes the values of a column to {@code to}. */
  static PrimitiveConverter of(PrimitiveType type, Consumer<@Nullable Object> to) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case INT32, INT64 -> new Wholes(wholes(logical), to);
      case INT96 -> new Binaries(ParquetScalars::int96, to);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> new Binaries(binaries(logical), to);
      case BOOLEAN, FLOAT, DOUBLE -> new Plain(to);
    };
  }

  /** Creates the cell of a column outside of groups. */
  static RecordCell cell(PrimitiveType type) {
    String name = type.getName();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean isDecimal = logical instanceof DecimalLogicalTypeAnnotation;
    int scale = isDecimal ? ((DecimalLogicalTypeAnnotation) logical).getScale() : 0;
    return switch (type.getPrimitiveTypeName()) {
      case INT32, INT64 ->
          isDecimal || isSigned(logical)
              ? WholeCell.ofNumbers(name, wholes(logical), scale)
              : WholeCell.ofObjects(name, wholes(logical));
      case INT96 -> BytesCell.of(name, ParquetScalars::int96, Form.OBJECT);
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          isDecimal
              ? BytesCell.ofNumbers(name, binaries(logical), scale)
              : BytesCell.of(name, binaries(logical), form(logical));
      case BOOLEAN -> PlainCell.ofBooleans(name);
      case FLOAT, DOUBLE -> PlainCell.ofFloatingPoint(name);
    };
  }

  /** Whether integers are what they are stored as. */
  private static boolean isSigned(@Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof IntLogicalTypeAnnotation type) {
      return type.isSigned();
    }
    return !(logical instanceof DateLogicalTypeAnnotation
        || logical instanceof TimeLogicalTypeAnnotation
        || logical instanceof TimestampLogicalTypeAnnotation);
  }

  private static Form form(@Nullable LogicalTypeAnnotation logical) {
    if (isText(logical)) {
      return Form.TEXT;
    }
    boolean isWorded =
        logical instanceof UUIDLogicalTypeAnnotation
            || logical instanceof Float16LogicalTypeAnnotation;
    return isWorded ? Form.OBJECT : Form.BINARY;
  }

  private static boolean isText(@Nullable LogicalTypeAnnotation logical) {
    return logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation;
  }

  private static Object int96(Binary value) {
    return ColumnarValue.int96(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static LongFunction<Object> wholes(@Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof IntLogicalTypeAnnotation type && !type.isSigned()) {
      return type.getBitWidth() == Long.SIZE
          ? ParquetScalars::unsigned
          : value -> value & 0xFFFF_FFFFL;
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return value -> BigDecimal.valueOf(value, decimal.getScale());
    } else if (logical instanceof DateLogicalTypeAnnotation) {
      return ColumnarValue::date;
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      return value -> ColumnarValue.time(value, perSecond(time.getUnit()));
    } else if (logical instanceof TimestampLogicalTypeAnnotation time) {
      boolean utc = time.isAdjustedToUTC();
      return value -> ColumnarValue.timestamp(value, perSecond(time.getUnit()), utc);
    }
    return value -> value;
  }

  private static Object unsigned(long value) {
    return value >= 0 ? (Object) value : new BigInteger(Long.toUnsignedString(value));
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> 1_000_000_000;
    };
  }

  private static Function<Binary, Object> binaries(@Nullable LogicalTypeAnnotation logical) {
    if (isText(logical)) {
      return value -> ColumnarValue.string(value.getBytesUnsafe());
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return value -> ColumnarValue.decimal(value.getBytesUnsafe(), decimal.getScale());
    } else if (logical instanceof UUIDLogicalTypeAnnotation) {
      return value -> ColumnarValue.uuid(value.getBytesUnsafe());
    } else if (logical instanceof Float16LogicalTypeAnnotation) {
      return value -> ColumnarValue.half(value.getBytesUnsafe());
    }
    return Binary::getBytes;
  }

  /** Values that need no conversion. */
  private static final class Plain extends PrimitiveConverter {
    private final Consumer<@Nullable Object> to;

    Plain(Consumer<@Nullable Object> to) {
      this.to = to;
    }

    @Override
    public void addBoolean(boolean value) {
      to.accept(value);
    }

    @Override
    public void addFloat(float value) {
      to.accept(value);
    }

    @Override
    public void addDouble(double value) {
      to.accept(value);
    }
  }

  private static final class Wholes extends PrimitiveConverter {
    private final LongFunction<Object> reader;
    private final Consumer<@Nullable Object> to;

    Wholes(LongFunction<Object> reader, Consumer<@Nullable Object> to) {
      this.reader = reader;
      this.to = to;
    }

    @Override
    public void addInt(int value) {
      to.accept(reader.apply(value));
    }

    @Override
    public void addLong(long value) {
      to.accept(reader.apply(value));
    }
  }

  /** Converts a value of a dictionary once, however often it occurs. */
  private static final class Binaries extends PrimitiveConverter {
    private final Function<Binary, Object> reader;
    private final Consumer<@Nullable Object> to;
    private Object[] dictionary = {};

    Binaries(Function<Binary, Object> reader, Consumer<@Nullable Object> to) {
      this.reader = reader;
      this.to = to;
    }

    @Override
    public void addBinary(Binary value) {
      to.accept(reader.apply(value));
    }

    @Override
    public boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public void setDictionary(Dictionary values) {
      dictionary = new Object[values.getMaxId() + 1];
      for (int id = 0; id < dictionary.length; id++) {
        dictionary[id] = reader.apply(values.decodeToBinary(id));
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      to.accept(dictionary[id]);
    }
  }
}
