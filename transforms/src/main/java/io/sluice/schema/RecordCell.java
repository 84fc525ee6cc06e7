/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import io.sluice.schema.TableSchema.Absence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * Converts the attributes of an item or an M to a record.
 *
 * <p>Attributes come in the order of their names, so the column of the next one is usually the one
 * after the last, in the order of the attributes.
 */
final class RecordCell implements Cell {
  private final Schema schema;
  private final Slot slot;
  private final BiFunction<Schema, Slot, Cell> cells;
  private final Map<String, Column> byName = new HashMap<>();
  private @Nullable Slot more;
  private @Nullable Slot nulls;

  /** In the order of the attributes; null before the first record, since that may hold itself. */
  private Column @Nullable [] columns;

  /** The columns that have their value in the current record. */
  private boolean[] taken = {};

  /**
   * @param slot receives the records
   * @param cells makes the cells of fields
   */
  RecordCell(Schema schema, Slot slot, BiFunction<Schema, Slot, Cell> cells) {
    this.schema = schema;
    this.slot = slot;
    this.cells = cells;
  }

  private static final class Column {
    private final String attribute;
    private final Slot slot;
    private final Cell cell;
    private final Absence absence;

    /** The column's position in the order of the attributes. */
    private int order;

    Column(TableSchema.Column column, Slot slot, BiFunction<Schema, Slot, Cell> cells) {
      Schema.Field field = column.field();
      this.attribute = String.valueOf(column.attribute());
      this.slot = slot;
      this.cell = cells.apply(TableSchema.withoutNull(field.schema()), slot);
      this.absence = column.absence();
    }

    void take(ItemCursor in, RecordWalk walk) {
      if (!cell.take(in, walk)) {
        takeNull(walk);
      }
    }

    private void takeNull(RecordWalk walk) {
      if (absence == Absence.NULL) {
        slot.none();
      } else if (absence == Absence.LISTED) {
        walk.listNull();
        slot.none();
      } else if (cell instanceof JsonCell json) {
        json.takeNull();
      } else {
        throw walk.unfit(
            absence == Absence.MISSING
                ? "is NULL, but null in its column stands for a missing attribute"
                : "is NULL, but its column takes no null");
      }
    }

    void takeNothing(RecordWalk walk) {
      if (absence == Absence.NONE || absence == Absence.NULL) {
        walk.push(attribute);
        throw walk.unfit(
            absence == Absence.NONE
                ? "is missing, but its column takes no null"
                : "is missing, and null in its column stands for NULL");
      }
      slot.none();
    }
  }

  private Column[] columns() {
    Column[] known = columns;
    return known == null ? makeColumns() : known;
  }

  private Column[] makeColumns() {
    List<Column> all = new ArrayList<>();
    for (TableSchema.Column column : TableSchema.columns(schema)) {
      Slot part = slot.part(column.field().pos());
      if (column.attribute() != null) {
        all.add(new Column(column, part, cells));
      } else if (TableSchema.MORE.equals(column.field().getProp(TableSchema.ROLE))) {
        more = part;
      } else {
        nulls = part;
      }
    }
    all.sort(Comparator.comparing(column -> column.attribute));
    Column[] made = all.toArray(new Column[0]);
    for (int i = 0; i < made.length; i++) {
      made[i].order = i;
      byName.put(made[i].attribute, made[i]);
    }
    taken = new boolean[made.length];
    columns = made;
    return made;
  }

  @Override
  public boolean take(ItemCursor in, RecordWalk walk) {
    Type type = in.type();
    if (type != Type.M) {
      return walk.otherThan("M", type);
    }
    slot.begin();
    attributes(in, walk);
    slot.end();
    return true;
  }

  /** Converts a whole item, whose attributes come next. */
  void item(ItemCursor in, RecordWalk walk) {
    walk.start();
    slot.begin();
    attributes(in, walk);
    if (more != null) {
      walk.more(more);
    }
    if (nulls != null) {
      walk.nulls(nulls);
    }
    slot.end();
  }

  private void attributes(ItemCursor in, RecordWalk walk) {
    Column[] all = columns();
    Arrays.fill(taken, false);
    int missing = all.length;
    int next = 0;
    for (int left = in.count(); left > 0; left--) {
      Column guess = next < all.length ? all[next] : null;
      String name = guess == null ? in.name() : in.name(guess.attribute);
      Column column = guess != null && guess.attribute.equals(name) ? guess : byName.get(name);
      if (column != null) {
        walk.push(name);
        if (taken[column.order]) {
          throw walk.unfit("occurs twice");
        }
        taken[column.order] = true;
        missing--;
        column.take(in, walk);
        walk.pop();
        next = column.order + 1;
      } else if (more != null) {
        walk.keepMore(name, in);
      } else {
        walk.push(name);
        throw walk.unfit("has no column");
      }
    }
    for (int i = 0; missing > 0; i++) {
      if (!taken[i]) {
        missing--;
        all[i].takeNothing(walk);
      }
    }
  }
}
