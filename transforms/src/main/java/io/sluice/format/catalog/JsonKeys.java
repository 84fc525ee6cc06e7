/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import io.sluice.format.catalog.ColumnType.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * Maps columns to the keys in JSON files where their names differ, as settings of the openx
 * library, with which Athena reads JSON.
 */
public final class JsonKeys {
  private final TreeMap<String, String> keys = new TreeMap<>();
  private boolean caseMatters;

  private JsonKeys() {}

  /**
   * Returns the library's settings for these columns and all structures in them.
   *
   * @param named the same columns with their names in the catalog
   */
  public static TreeMap<String, String> properties(List<Field> inFiles, List<Field> named) {
    JsonKeys keys = new JsonKeys();
    keys.add(inFiles, named);
    return keys.properties();
  }

  private TreeMap<String, String> properties() {
    TreeMap<String, String> properties = new TreeMap<>();
    if (caseMatters) {
      properties.put("case.insensitive", "false");
      keys.forEach((name, key) -> properties.put("mapping." + name, key));
      return properties;
    }
    // The library turns all keys to lower case before it looks for one.
    keys.forEach(
        (name, key) -> {
          String lower = key.toLowerCase(Locale.ROOT);
          if (!lower.equals(name)) {
            properties.put("mapping." + name, lower);
          }
        });
    return properties;
  }

  private void add(List<Field> inFiles, List<Field> named) {
    Set<String> lower = new HashSet<>();
    for (int i = 0; i < named.size(); i++) {
      String key = inFiles.get(i).name();
      String name = named.get(i).name();
      caseMatters |= !lower.add(key.toLowerCase(Locale.ROOT));
      if (!key.equals(name)) {
        // The library does not distinguish columns from fields of structures: the first of a name
        // counts.
        keys.putIfAbsent(name, key);
      }
      add(inFiles.get(i).type(), named.get(i).type());
    }
  }

  private void add(ColumnType inFiles, ColumnType named) {
    if (inFiles instanceof ColumnType.Struct struct) {
      add(struct.fields(), ((ColumnType.Struct) named).fields());
    } else if (inFiles instanceof ColumnType.ListOf list) {
      add(list.element(), ((ColumnType.ListOf) named).element());
    } else if (inFiles instanceof ColumnType.MapOf map) {
      add(map.value(), ((ColumnType.MapOf) named).value());
    }
  }
}
