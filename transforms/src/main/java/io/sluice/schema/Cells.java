/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** Creates the cells of a schema that {@link SchemaRules} accepts. */
final class Cells {
  /**
   * The maximum capacity reserved ahead of reading: damaged bytes of an item must not allocate
   * memory.
   */
  private static final int MAX_ROOM_AHEAD = 256;

  /** The cells of records, since a schema of records may contain itself. */
  private final IdentityHashMap<Schema, RecordCell> records = new IdentityHashMap<>();

  /** Returns the cell of a schema that is not a union. */
  Cell cell(Schema schema) {
    NumberCells.NumberCell number = NumberCells.of(schema);
    if (number != null) {
      return ofNumber(number);
    }
    return switch (schema.getType()) {
      case STRING ->
          TableSchema.JSON.equals(TableSchema.typeOf(schema)) ? new JsonCell() : Cells::ofString;
      case BYTES -> Cells::ofBinary;
      case FIXED -> ofFixed(schema);
      case ENUM -> ofEnum(schema);
      case BOOLEAN -> Cells::ofBool;
      case NULL -> Cells::ofNull;
      case ARRAY -> ofArray(schema);
      case MAP -> ofMap(new Element(schema.getValueType(), this));
      case RECORD -> record(schema);
      default -> throw new IllegalArgumentException("no column is a " + schema.getType());
    };
  }

  RecordCell record(Schema schema) {
    RecordCell known = records.get(schema);
    if (known != null) {
      return known;
    }
    RecordCell cell = new RecordCell(schema);
    records.put(schema, cell);
    cell.fill(this::cell);
    return cell;
  }

  /** Converts an element of a list or a value of a map, where null stands for NULL. */
  record Element(Cell cell, boolean nullable) {
    Element(Schema schema, Cells cells) {
      this(cells.cell(TableSchema.withoutNull(schema)), schema.isNullable());
    }

    @Nullable Object take(ItemCursor in, RecordWalk walk) {
      Object value = cell.take(in, walk);
      if (value != RecordWalk.NULL) {
        return value;
      }
      if (nullable) {
        return null;
      }
      if (cell instanceof JsonCell) {
        return RecordWalk.nullJson();
      }
      throw walk.unfit("is NULL, but its column takes no null");
    }
  }

  private static Object ofNull(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    if (type == Type.NUL) {
      return RecordWalk.NULL;
    }
    throw walk.otherType(type, "NULL alone");
  }

  private static Object ofString(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    return type == Type.S ? new Utf8(in.utf8()) : walk.otherThan("S", type);
  }

  private static Object ofBinary(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    return type == Type.B ? ByteBuffer.wrap(in.binary()) : walk.otherThan("B", type);
  }

  private static Object ofBool(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    return type == Type.BOOL ? (Object) in.bool() : walk.otherThan("BOOL", type);
  }

  private static Cell ofNumber(NumberCells.NumberCell number) {
    return (in, walk) -> {
      Type type = in.type();
      return type == Type.N ? number.take(in, walk) : walk.otherThan("N", type);
    };
  }

  private static Cell ofFixed(Schema schema) {
    int size = schema.getFixedSize();
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.B) {
        return walk.otherThan("B", type);
      }
      byte[] bytes = in.binary();
      if (bytes.length != size) {
        throw walk.unfit("is a B of " + bytes.length + " bytes, but its column takes " + size);
      }
      return new GenericData.Fixed(schema, bytes);
    };
  }

  private static Cell ofEnum(Schema schema) {
    Set<String> symbols = Set.copyOf(schema.getEnumSymbols());
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.S) {
        return walk.otherThan("S", type);
      }
      String symbol = in.string();
      if (!symbols.contains(symbol)) {
        throw walk.unfit("is none of the symbols of its column");
      }
      return new GenericData.EnumSymbol(schema, symbol);
    };
  }

  private Cell ofArray(Schema schema) {
    String type = TableSchema.typeOf(schema);
    if (type == null) {
      return ofList(new Element(schema.getElementType(), this));
    }
    return switch (type) {
      case "SS" -> ofSet(Type.SS, (in, walk) -> new Utf8(in.utf8()));
      case "BS" -> ofSet(Type.BS, (in, walk) -> ByteBuffer.wrap(in.binary()));
      default -> {
        NumberCells.NumberCell number = NumberCells.of(schema.getElementType());
        if (number == null) {
          throw new IllegalArgumentException("an array of " + type + " that holds no numbers");
        }
        yield ofSet(
            Type.NS,
            (in, walk) -> {
              in.nextNumber();
              return number.take(in, walk);
            });
      }
    };
  }

  private static Cell ofSet(Type set, Cell element) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != set) {
        return walk.otherThan(set.name(), type);
      }
      int count = in.count();
      List<Object> elements = new ArrayList<>(Math.min(count, MAX_ROOM_AHEAD));
      for (int i = 0; i < count; i++) {
        walk.push(i);
        elements.add(element.take(in, walk));
        walk.pop();
      }
      return elements;
    };
  }

  private static Cell ofList(Element element) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.L) {
        return walk.otherThan("L", type);
      }
      int count = in.count();
      List<@Nullable Object> elements = new ArrayList<>(Math.min(count, MAX_ROOM_AHEAD));
      for (int i = 0; i < count; i++) {
        walk.push(i);
        elements.add(element.take(in, walk));
        walk.pop();
      }
      return elements;
    };
  }

  private static Cell ofMap(Element value) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.M) {
        return walk.otherThan("M", type);
      }
      int count = in.count();
      Map<String, @Nullable Object> map = new LinkedHashMap<>(Math.min(count, MAX_ROOM_AHEAD) * 2);
      for (int i = 0; i < count; i++) {
        String name = in.name();
        walk.push(name);
        map.put(name, value.take(in, walk));
        walk.pop();
      }
      return map;
    };
  }
}
