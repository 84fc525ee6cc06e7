/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.snapshot.ColumnType.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the reader of JSON that Athena has, of the library openx, finds the values of columns whose
 * names are not the keys in the files.
 */
final class JsonKeys {
  private final TreeMap<String, String> keys = new TreeMap<>();
  private boolean caseMatters;

  private JsonKeys() {}

  /** The settings of the library for these columns, and all structures in them. */
  static TreeMap<String, String> properties(List<Field> inFiles, List<String> names) {
    JsonKeys keys = new JsonKeys();
    keys.add(inFiles, names);
    return keys.properties();
  }

  private TreeMap<String, String> properties() {
    TreeMap<String, String> properties = new TreeMap<>();
    if (caseMatters) {
      properties.put("case.insensitive", "false");
      keys.forEach((name, key) -> properties.put("mapping." + name, key));
      return properties;
    }
    // It turns all keys to lower case before it looks for one.
    keys.forEach(
        (name, key) -> {
          String lower = key.toLowerCase(Locale.ROOT);
          if (!lower.equals(name)) {
            properties.put("mapping." + name, lower);
          }
        });
    return properties;
  }

  private void add(List<Field> inFiles, List<String> names) {
    Set<String> lower = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String key = inFiles.get(i).name();
      caseMatters |= !lower.add(key.toLowerCase(Locale.ROOT));
      if (!key.equals(names.get(i))) {
        // It does not tell columns from fields of structures: the first of a name is found.
        keys.putIfAbsent(names.get(i), key);
      }
      add(inFiles.get(i).type());
    }
  }

  private void add(ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      add(struct.fields(), CatalogNames.ofAll(struct.fields().stream().map(Field::name).toList()));
    } else if (type instanceof ColumnType.ListOf list) {
      add(list.element());
    } else if (type instanceof ColumnType.MapOf map) {
      add(map.value());
    }
  }
}
