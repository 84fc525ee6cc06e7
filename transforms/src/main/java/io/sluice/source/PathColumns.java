/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.stream.ColumnText;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.ItemNumber;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Adds columns that are in the names of a file's folders but not in the file, as in Hive's
 * partitions: {@code region=eu/dt=2024-01-31/part-0.parquet}.
 *
 * <p>A record may have an attribute of the same name if it has the same value; another value is a
 * conflict. {@code __HIVE_DEFAULT_PARTITION__} stands for no value.
 *
 * @param types the types of the wanted columns by name
 */
public record PathColumns(Map<String, ColumnText.Type> types) implements Serializable {
  /** No columns. */
  public static final PathColumns NONE = new PathColumns(Map.of());

  public PathColumns {
    types = new LinkedHashMap<>(types);
  }

  /** Returns the wanted columns that the path of a file does not have. */
  public List<String> missingIn(String file) {
    Map<String, String> there = PathPartitions.of(file);
    List<String> missing = new ArrayList<>(types.keySet());
    missing.removeIf(there::containsKey);
    return missing;
  }

  /** Creates a reader, which parses each path once. */
  Reader reader() {
    return new Reader();
  }

  /** Puts columns into the items of successive files. */
  final class Reader {
    private @Nullable String file;
    private Map<String, AttributeValue> values = Map.of();
    private @Nullable InvalidItemException invalid;

    private Reader() {}

    /**
     * Puts the columns into the item of a record of the file.
     *
     * @throws InvalidItemException HEADER when the path lacks a column, NOT_OF_TYPE or NUMBER_RANGE
     *     when a value is of another type, KEY_CONFLICT when the record itself has another value
     */
    void putInto(Map<String, AttributeValue> item, String path) throws InvalidItemException {
      if (types.isEmpty()) {
        return;
      }
      if (!path.equals(file)) {
        look(path);
      }
      if (invalid != null) {
        throw invalid;
      }
      for (Map.Entry<String, AttributeValue> column : values.entrySet()) {
        AttributeValue own = item.putIfAbsent(column.getKey(), column.getValue());
        if (own != null && !isSame(own, column.getValue())) {
          throw new InvalidItemException(
              Reason.KEY_CONFLICT,
              "the record has an attribute '"
                  + column.getKey()
                  + "' of its own, of another value than the path of its file");
        }
      }
    }

    /**
     * Puts the columns into the draft of an item of the file, which has not ended.
     *
     * @return false when it takes more than that: {@link #putInto(Map, String)} finds out
     */
    boolean putInto(ItemDraft item, String path) {
      if (types.isEmpty()) {
        return true;
      }
      if (!path.equals(file)) {
        look(path);
      }
      for (Map.Entry<String, AttributeValue> column : values.entrySet()) {
        String name = column.getKey();
        if (item.find(name) >= 0) {
          return false;
        }
        item.attribute(name, column.getValue());
      }
      return invalid == null;
    }

    private boolean isSame(AttributeValue own, AttributeValue value) throws InvalidItemException {
      if (own.n() == null || value.n() == null) {
        return own.equals(value);
      }
      // The item has not been checked yet.
      ItemNumber.checkSpelling(own.n());
      return ItemNumber.canonical(own.n()).equals(ItemNumber.canonical(value.n()));
    }

    private void look(String path) {
      file = path;
      invalid = null;
      values = Map.of();
      try {
        values = valuesIn(path);
      } catch (InvalidItemException e) {
        invalid = e;
      }
    }
  }

  private Map<String, AttributeValue> valuesIn(String path) throws InvalidItemException {
    Map<String, String> there = PathPartitions.of(path);
    Map<String, AttributeValue> values = new HashMap<>();
    for (Map.Entry<String, ColumnText.Type> column : types.entrySet()) {
      String name = column.getKey();
      String text = there.get(name);
      if (text == null) {
        throw new InvalidItemException(
            Reason.HEADER, "the path of the file has no folder " + name + "=…");
      }
      if (!text.equals(PathPartitions.NO_VALUE)) {
        values.put(name, ColumnText.toValue("path column", name, column.getValue(), text));
      }
    }
    return values;
  }
}
