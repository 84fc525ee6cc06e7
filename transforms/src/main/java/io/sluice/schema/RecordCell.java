/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import io.sluice.schema.TableSchema.Absence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * Converts the attributes of an item or an M to a record.
 *
 * <p>Attributes come in the order of their names, so the column of the next one is usually the one
 * after the last, in the order of the attributes.
 */
final class RecordCell implements Cell {
  private static final int NONE = -1;

  private final Schema schema;
  private final Map<String, Column> byName = new HashMap<>();
  private Column[] columns = {};
  private int required;
  private int moreField = NONE;
  private int nullsField = NONE;

  RecordCell(Schema schema) {
    this.schema = schema;
  }

  private static final class Column {
    private final String attribute;
    private final int field;
    private final Cell cell;
    private final Absence absence;

    /** The column's position in the order of the attributes. */
    private int order;

    Column(TableSchema.Column column, Function<Schema, Cell> cells) {
      Schema.Field field = column.field();
      this.attribute = String.valueOf(column.attribute());
      this.field = field.pos();
      this.cell = cells.apply(TableSchema.withoutNull(field.schema()));
      this.absence = column.absence();
    }

    /** Whether the attribute must be present. */
    boolean isRequired() {
      return absence == Absence.NONE || absence == Absence.NULL;
    }

    @Nullable Object take(ItemCursor in, RecordWalk walk) {
      Object value = cell.take(in, walk);
      return value == RecordWalk.NULL ? ofNull(walk) : value;
    }

    private @Nullable Object ofNull(RecordWalk walk) {
      if (absence == Absence.NULL) {
        return null;
      } else if (absence == Absence.LISTED) {
        walk.listNull();
        return null;
      } else if (cell instanceof JsonCell) {
        return RecordWalk.nullJson();
      }
      throw walk.unfit(
          absence == Absence.MISSING
              ? "is NULL, but null in its column stands for a missing attribute"
              : "is NULL, but its column takes no null");
    }
  }

  /** Creates the columns, which may hold records of this very schema. */
  void fill(Function<Schema, Cell> cells) {
    List<Column> all = new ArrayList<>();
    for (TableSchema.Column column : TableSchema.columns(schema)) {
      if (column.attribute() != null) {
        all.add(new Column(column, cells));
      } else if (TableSchema.MORE.equals(column.field().getProp(TableSchema.ROLE))) {
        moreField = column.field().pos();
      } else {
        nullsField = column.field().pos();
      }
    }
    all.sort(Comparator.comparing(column -> column.attribute));
    columns = all.toArray(new Column[0]);
    for (int i = 0; i < columns.length; i++) {
      columns[i].order = i;
      byName.put(columns[i].attribute, columns[i]);
      required += columns[i].isRequired() ? 1 : 0;
    }
  }

  @Override
  public Object take(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    return type == Type.M ? attributes(in, walk) : walk.otherThan("M", type);
  }

  /** Converts a whole item, whose attributes come next. */
  GenericRecord item(ItemCursor in, RecordWalk walk) {
    walk.start();
    GenericRecord record = attributes(in, walk);
    if (moreField != NONE) {
      record.put(moreField, walk.more());
    }
    if (nullsField != NONE) {
      record.put(nullsField, walk.nulls());
    }
    return record;
  }

  private GenericRecord attributes(ItemCursor in, RecordWalk walk) {
    GenericData.Record record = new GenericData.Record(schema);
    int missing = required;
    BitSet nulls = null;
    int next = 0;
    for (int left = in.count(); left > 0; left--) {
      Column guess = next < columns.length ? columns[next] : null;
      String name = guess == null ? in.name() : in.name(guess.attribute);
      Column column = guess != null && guess.attribute.equals(name) ? guess : byName.get(name);
      if (column != null) {
        walk.push(name);
        Object value = column.take(in, walk);
        walk.pop();
        record.put(column.field, value);
        if (column.isRequired()) {
          missing--;
          nulls = value == null ? with(nulls, column.field) : nulls;
        }
        next = column.order + 1;
      } else if (moreField != NONE) {
        walk.keepMore(name, in);
      } else {
        walk.push(name);
        throw walk.unfit("has no column");
      }
    }
    if (missing > 0) {
      throw missing(record, nulls, walk);
    }
    return record;
  }

  private static BitSet with(@Nullable BitSet fields, int field) {
    BitSet set = fields == null ? new BitSet() : fields;
    set.set(field);
    return set;
  }

  /**
   * Creates the exception for a missing attribute.
   *
   * @param nulls the fields of NULLs
   */
  private UnfitItemException missing(
      GenericRecord record, @Nullable BitSet nulls, RecordWalk walk) {
    for (Column column : columns) {
      boolean isNull = nulls != null && nulls.get(column.field);
      if (column.isRequired() && record.get(column.field) == null && !isNull) {
        walk.push(column.attribute);
        return walk.unfit(
            column.absence == Absence.NONE
                ? "is missing, but its column takes no null"
                : "is missing, and null in its column stands for NULL");
      }
    }
    throw new IllegalStateException("no attribute is missing");
  }
}
