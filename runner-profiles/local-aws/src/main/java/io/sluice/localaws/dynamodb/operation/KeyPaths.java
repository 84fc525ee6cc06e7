/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Set;

/** Checks that no document path leads into an attribute of a key. */
public final class KeyPaths {

  private KeyPaths() {}

  /**
   * Checks the attributes that an expression looks into.
   *
   * @throws DynamoDbException a ValidationException if one is part of the key or of an index's
   */
  public static void check(TableDefinition table, Set<String> nested) {
    if (nested.isEmpty()) {
      return;
    }
    for (String name : table.key().names()) {
      check("Key", name, nested);
    }
    for (IndexDefinition index : table.indexes()) {
      for (String name : index.key().names()) {
        check("IndexKey", name, nested);
      }
    }
  }

  private static void check(String kind, String name, Set<String> nested) {
    if (nested.contains(name)) {
      throw DynamoDbException.validation(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not "
              + "allowed: "
              + kind
              + ": "
              + name);
    }
  }
}
