/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads CreateTable requests, and checks them with the service's messages and in its order. */
public final class CreateTable {

  private static final List<String> CLASSES = List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");

  private CreateTable() {}

  /**
   * Reads a request.
   *
   * @param tree what {@link io.sluice.localaws.dynamodb.request.JsonTree} made of it
   * @throws DynamoDbException if it is not valid
   */
  public static TableDefinition read(Map<String, Object> tree) {
    Fields request = TableNames.read(TableShapes.CREATE, tree);
    BillingMode billing =
        request.text("BillingMode").map(BillingMode::valueOf).orElse(BillingMode.PROVISIONED);
    Throughput throughput = ThroughputRules.ofTable(request, billing);
    Map<String, KeyAttribute> definitions = KeySchemaRules.definitions(request);
    KeySchema key = KeySchemaRules.table(request, definitions);
    List<IndexDefinition> indexes = new IndexRules(key, definitions, billing).all(request);
    KeySchemaRules.checkUsed(definitions.keySet(), key, indexes);
    return new TableDefinition(
        TableNames.of(request),
        List.copyOf(definitions.values()),
        key,
        billing,
        throughput,
        indexes,
        stream(request),
        tableClass(request),
        request.flag("DeletionProtectionEnabled").orElse(false),
        Tags.read(request.list("Tags")));
  }

  /** Reads TableClass, if it is there. */
  static Optional<String> tableClass(Fields request) {
    Optional<String> name = request.text("TableClass");
    if (name.isPresent() && !CLASSES.contains(name.get())) {
      throw DynamoDbException.validation(
          "Invalid table-class parameter provided. Please try again with a valid table-class "
              + "value: [STANDARD, STANDARD_INFREQUENT_ACCESS].");
    }
    return name;
  }

  private static Optional<TableDefinition.StreamView> stream(Fields request) {
    Optional<Fields> stream = request.fields("StreamSpecification");
    Optional<String> view = stream.flatMap(present -> present.text("StreamViewType"));
    if (stream.isPresent() && stream.get().flag("StreamEnabled").orElseThrow()) {
      if (view.isEmpty()) {
        throw DynamoDbException.invalid(
            "Table is being created with a stream enabled, UpdateViewType is required");
      }
    } else if (view.isPresent()) {
      throw DynamoDbException.invalid(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
    return view.map(TableDefinition.StreamView::valueOf);
  }
}
