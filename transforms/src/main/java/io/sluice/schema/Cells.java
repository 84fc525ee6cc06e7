/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemCursor;
import io.sluice.item.codec.ByteReader;
import io.sluice.item.codec.NameCache;
import java.util.Set;
import org.apache.avro.Schema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** Creates the cells of a schema that {@link SchemaRules} accepts. */
final class Cells {
  private Cells() {}

  /**
   * Returns the cell of a schema that is not a union.
   *
   * @param slot receives its values
   */
  static Cell cell(Schema schema, Slot slot) {
    NumberCells.NumberCell number = NumberCells.of(schema);
    if (number != null) {
      return ofNumber(number, slot);
    }
    return switch (schema.getType()) {
      case STRING ->
          TableSchema.JSON.equals(TableSchema.typeOf(schema))
              ? new JsonCell(slot)
              : ofBytes(Type.S, slot);
      case BYTES -> ofBytes(Type.B, slot);
      case FIXED -> ofFixed(schema, slot);
      case ENUM -> ofEnum(schema, slot);
      case BOOLEAN -> ofBool(slot);
      case NULL -> Cells::ofNull;
      case ARRAY -> ofArray(schema, slot);
      case MAP -> ofMap(slot, Element.of(schema.getValueType(), slot.part(Slot.VALUE)));
      case RECORD -> record(schema, slot);
      default -> throw new IllegalArgumentException("no column is a " + schema.getType());
    };
  }

  static RecordCell record(Schema schema, Slot slot) {
    return new RecordCell(schema, slot, Cells::cell);
  }

  /** Converts an element of a list or a value of a map, where null stands for NULL. */
  record Element(Cell cell, boolean nullable, Slot slot) {
    static Element of(Schema schema, Slot slot) {
      return new Element(
          Cells.cell(TableSchema.withoutNull(schema), slot), schema.isNullable(), slot);
    }

    void take(ItemCursor in, RecordWalk walk) {
      if (cell.take(in, walk)) {
        return;
      }
      if (nullable) {
        slot.none();
      } else if (cell instanceof JsonCell json) {
        json.takeNull();
      } else {
        throw walk.unfit("is NULL, but its column takes no null");
      }
    }
  }

  private static boolean ofNull(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    if (type == Type.NUL) {
      return false;
    }
    throw walk.otherType(type, "NULL alone");
  }

  private static Cell ofBytes(Type taken, Slot slot) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != taken) {
        return walk.otherThan(taken.name(), type);
      }
      copy(in.bytes(), slot);
      return true;
    };
  }

  private static void copy(ByteReader in, Slot slot) {
    int length = in.readLength();
    slot.bytes(in.array(), in.skip(length), length);
  }

  private static Cell ofBool(Slot slot) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.BOOL) {
        return walk.otherThan("BOOL", type);
      }
      slot.bool(in.bool());
      return true;
    };
  }

  private static Cell ofNumber(NumberCells.NumberCell number, Slot slot) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.N) {
        return walk.otherThan("N", type);
      }
      number.take(in, walk, slot);
      return true;
    };
  }

  private static Cell ofFixed(Schema schema, Slot slot) {
    int size = schema.getFixedSize();
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.B) {
        return walk.otherThan("B", type);
      }
      int length = in.bytes().readLength();
      if (length != size) {
        throw walk.unfit("is a B of " + length + " bytes, but its column takes " + size);
      }
      slot.bytes(in.bytes().array(), in.bytes().skip(length), length);
      return true;
    };
  }

  private static Cell ofEnum(Schema schema, Slot slot) {
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
      byte[] utf8 = symbol.getBytes(UTF_8);
      slot.bytes(utf8, 0, utf8.length);
      return true;
    };
  }

  /** Hands over an element of a set or a list. */
  private interface Part {
    void take(ItemCursor in, RecordWalk walk);
  }

  private static Cell ofArray(Schema schema, Slot slot) {
    String type = TableSchema.typeOf(schema);
    Slot element = slot.part(Slot.ELEMENT);
    if (type == null) {
      return ofParts(Type.L, slot, Element.of(schema.getElementType(), element)::take);
    }
    return switch (type) {
      case "SS" -> ofParts(Type.SS, slot, (in, walk) -> copy(in.bytes(), element));
      case "BS" -> ofParts(Type.BS, slot, (in, walk) -> copy(in.bytes(), element));
      default -> {
        NumberCells.NumberCell number = NumberCells.of(schema.getElementType());
        if (number == null) {
          throw new IllegalArgumentException("an array of " + type + " that holds no numbers");
        }
        yield ofParts(
            Type.NS,
            slot,
            (in, walk) -> {
              in.nextNumber();
              number.take(in, walk, element);
            });
      }
    };
  }

  private static Cell ofParts(Type taken, Slot slot, Part part) {
    return (in, walk) -> {
      Type type = in.type();
      if (type != taken) {
        return walk.otherThan(taken.name(), type);
      }
      slot.begin();
      int count = in.count();
      for (int i = 0; i < count; i++) {
        walk.push(i);
        slot.next();
        part.take(in, walk);
        walk.pop();
      }
      slot.end();
      return true;
    };
  }

  private static Cell ofMap(Slot slot, Element value) {
    Slot key = slot.part(Slot.KEY);
    return (in, walk) -> {
      Type type = in.type();
      if (type != Type.M) {
        return walk.otherThan("M", type);
      }
      slot.begin();
      for (int left = in.count(); left > 0; left--) {
        int length = in.bytes().readLength();
        int from = in.bytes().skip(length);
        slot.next();
        key.bytes(in.bytes().array(), from, length);
        walk.push(NameCache.get(in.bytes().array(), from, length));
        value.take(in, walk);
        walk.pop();
      }
      slot.end();
      return true;
    };
  }
}
