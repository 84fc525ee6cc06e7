/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads key schemas and attribute definitions, and checks them with the service's messages. */
final class KeySchemaRules {

  private static final String SAME_NAME =
      "Both the Hash Key and the Range Key element in the KeySchema have the same name";

  private KeySchemaRules() {}

  /** Reads AttributeDefinitions. */
  static Map<String, KeyAttribute> definitions(Fields request) {
    Map<String, KeyAttribute> definitions = new LinkedHashMap<>();
    for (Fields element : request.list("AttributeDefinitions")) {
      KeyAttribute attribute =
          new KeyAttribute(
              name(element), KeyAttribute.Type.valueOf(element.text("AttributeType").get()));
      if (definitions.put(attribute.name(), attribute) != null) {
        throw DynamoDbException.validation("Attribute Name is duplicated: " + attribute.name());
      }
    }
    return definitions;
  }

  /** Reads the key of a table. */
  static KeySchema table(Fields request, Map<String, KeyAttribute> definitions) {
    List<Fields> elements = request.list("KeySchema");
    if (elements.size() > definitions.size()) {
      throw DynamoDbException.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return simple(elements, definitions);
  }

  /** Reads the key of a table or of a local index: a HASH, and perhaps a RANGE. */
  static KeySchema simple(List<Fields> elements, Map<String, KeyAttribute> definitions) {
    checkDefined(elements, definitions);
    if (elements.size() == 2 && name(elements.get(0)).equals(name(elements.get(1)))) {
      throw DynamoDbException.validation(SAME_NAME);
    }
    checkFirst(elements);
    if (elements.size() == 2 && isHash(elements.get(1))) {
      throw DynamoDbException.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    return schema(elements, definitions);
  }

  /** Reads the key of a global index, which can have several attributes of each type. */
  static KeySchema global(List<Fields> elements, Map<String, KeyAttribute> definitions) {
    checkDefined(elements, definitions);
    if (elements.stream().map(KeySchemaRules::name).distinct().count() < elements.size()) {
      throw DynamoDbException.validation(
          elements.size() == 2
              ? SAME_NAME
              : "The KeySchema contains multiple key attributes with the same name");
    }
    checkFirst(elements);
    long hashes = elements.stream().filter(KeySchemaRules::isHash).count();
    if (!elements.stream().limit(hashes).allMatch(KeySchemaRules::isHash)) {
      throw DynamoDbException.invalid(
          "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }
    checkCount("HASH", hashes);
    checkCount("RANGE", elements.size() - hashes);
    return schema(elements, definitions);
  }

  /** Checks that each definition is part of a key. */
  static void checkUsed(Set<String> definitions, KeySchema table, List<IndexDefinition> indexes) {
    if (indexes.isEmpty()) {
      if (definitions.size() != table.attributes().size()) {
        throw DynamoDbException.invalid(
            "Number of attributes in KeySchema does not exactly match number of attributes "
                + "defined in AttributeDefinitions");
      }
      return;
    }
    Set<String> used = used(table, indexes);
    if (!used.containsAll(definitions)) {
      throw DynamoDbException.invalid(
          "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + definitions
              + ", keys used: "
              + used);
    }
  }

  /** Lists the attributes that are part of a key. */
  static Set<String> used(KeySchema table, List<IndexDefinition> indexes) {
    Set<String> used = new LinkedHashSet<>(table.names());
    indexes.forEach(index -> used.addAll(index.key().names()));
    return used;
  }

  private static void checkDefined(List<Fields> elements, Map<String, KeyAttribute> definitions) {
    List<String> names = elements.stream().map(KeySchemaRules::name).toList();
    if (!definitions.keySet().containsAll(names)) {
      throw DynamoDbException.invalid(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + definitions.keySet());
    }
  }

  private static void checkFirst(List<Fields> elements) {
    if (!isHash(elements.get(0))) {
      throw DynamoDbException.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
  }

  private static void checkCount(String type, long count) {
    if (count > KeySchema.MAX_ATTRIBUTES) {
      throw DynamoDbException.invalid(
          "The KeySchema exceeds the maximum allowed number of " + type + " key attributes");
    }
  }

  private static KeySchema schema(List<Fields> elements, Map<String, KeyAttribute> definitions) {
    return new KeySchema(
        elements.stream()
            .filter(KeySchemaRules::isHash)
            .map(element -> definitions.get(name(element)))
            .toList(),
        elements.stream()
            .filter(element -> !isHash(element))
            .map(element -> definitions.get(name(element)))
            .toList());
  }

  private static String name(Fields element) {
    return element.text("AttributeName").orElseThrow();
  }

  private static boolean isHash(Fields element) {
    return element.text("KeyType").orElseThrow().equals("HASH");
  }
}
