/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Defines a table: what CreateTable says of it and UpdateTable changes.
 *
 * @param attributes those that are part of the table's key or of an index's, in the request's order
 * @param stream what the table's stream has of a change, if it has a stream
 * @param tableClass as the request names it, if it does
 */
public record TableDefinition(
    String name,
    List<KeyAttribute> attributes,
    KeySchema key,
    BillingMode billing,
    Throughput throughput,
    List<IndexDefinition> indexes,
    Optional<StreamView> stream,
    Optional<String> tableClass,
    boolean deletionProtection,
    Map<String, String> tags) {

  /** Lists what a stream can have of a change, in the order of the service's messages. */
  public enum StreamView {
    OLD_IMAGE,
    KEYS_ONLY,
    NEW_AND_OLD_IMAGES,
    NEW_IMAGE
  }

  public TableDefinition {
    Objects.requireNonNull(name, "name");
    attributes = List.copyOf(attributes);
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(billing, "billing");
    Objects.requireNonNull(throughput, "throughput");
    indexes = List.copyOf(indexes);
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(tableClass, "tableClass");
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Finds an index by its name. */
  public Optional<IndexDefinition> index(String indexName) {
    return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  /** Lists the indexes of a kind. */
  public List<IndexDefinition> indexes(IndexDefinition.Kind kind) {
    return indexes.stream().filter(index -> index.kind() == kind).toList();
  }

  public TableDefinition withThroughput(
      BillingMode newBilling, Throughput newThroughput, List<IndexDefinition> newIndexes) {
    return new TableDefinition(
        name,
        attributes,
        key,
        newBilling,
        newThroughput,
        newIndexes,
        stream,
        tableClass,
        deletionProtection,
        tags);
  }

  public TableDefinition withIndexes(
      List<KeyAttribute> newAttributes, List<IndexDefinition> newIndexes) {
    return new TableDefinition(
        name,
        newAttributes,
        key,
        billing,
        throughput,
        newIndexes,
        stream,
        tableClass,
        deletionProtection,
        tags);
  }

  public TableDefinition withStream(Optional<StreamView> newStream) {
    return new TableDefinition(
        name,
        attributes,
        key,
        billing,
        throughput,
        indexes,
        newStream,
        tableClass,
        deletionProtection,
        tags);
  }

  public TableDefinition withOptions(
      Optional<String> newTableClass, boolean newDeletionProtection) {
    return new TableDefinition(
        name,
        attributes,
        key,
        billing,
        throughput,
        indexes,
        stream,
        newTableClass,
        newDeletionProtection,
        tags);
  }

  public TableDefinition withTags(Map<String, String> newTags) {
    return new TableDefinition(
        name,
        attributes,
        key,
        billing,
        throughput,
        indexes,
        stream,
        tableClass,
        deletionProtection,
        newTags);
  }
}
