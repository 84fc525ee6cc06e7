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
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads UpdateTable requests: what a request says by itself is checked first, and with {@link
 * #apply} what it says of a table.
 */
public final class UpdateTable {

  private static final String UPDATES = "GlobalSecondaryIndexUpdates";
  private static final String PROVISIONED = "ProvisionedThroughput";

  private final Fields request;
  private final Optional<BillingMode> asked;

  private UpdateTable(Fields request) {
    this.request = request;
    this.asked = request.text("BillingMode").map(BillingMode::valueOf);
  }

  /**
   * Reads a request.
   *
   * @param tree what {@link io.sluice.localaws.dynamodb.request.JsonTree} made of it
   * @throws DynamoDbException if it is not valid whatever the table
   */
  public static UpdateTable read(Map<String, Object> tree) {
    Fields request = TableNames.read(TableShapes.UPDATE, tree);
    UpdateTable update = new UpdateTable(request);
    update.checkSomething();
    Optional<Fields> provisioned = request.fields(PROVISIONED);
    if (update.asked.equals(Optional.of(BillingMode.PROVISIONED)) && provisioned.isEmpty()) {
      throw DynamoDbException.invalid(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    provisioned.ifPresent(ThroughputRules::bounded);
    update.checkIndexUpdates();
    CreateTable.tableClass(request);
    return update;
  }

  /** Names the table. */
  public String table() {
    return TableNames.of(request);
  }

  /**
   * Changes a table's definition.
   *
   * @throws DynamoDbException if the table cannot be changed so
   */
  public TableDefinition apply(TableDefinition table) {
    checkOnly("TableClass", "TableClass modification");
    checkOnly("DeletionProtectionEnabled", "DeletionProtection modification");
    checkOnly("WarmThroughput", "WarmThroughput");
    TableDefinition changed = withStream(withIndexes(withThroughput(table)));
    return changed.withOptions(
        request.text("TableClass").or(changed::tableClass),
        request.flag("DeletionProtectionEnabled").orElse(changed.deletionProtection()));
  }

  private void checkSomething() {
    boolean nothing =
        request.members().keySet().stream()
            .allMatch(
                name ->
                    name.equals("TableName")
                        || name.equals("AttributeDefinitions")
                        || name.equals(UPDATES) && request.list(UPDATES).isEmpty());
    if (nothing) {
      throw DynamoDbException.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
              + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }

  private void checkIndexUpdates() {
    Set<String> names = new HashSet<>();
    for (Fields update : request.list(UPDATES)) {
      if (update.members().isEmpty()) {
        throw DynamoDbException.invalid(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                + "GlobalSecondaryIndexUpdate.Delete must not be null");
      }
      if (update.members().size() > 1) {
        throw DynamoDbException.invalid(
            "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate "
                + "object");
      }
      String name = IndexRules.name((Fields) update.members().values().iterator().next());
      if (!names.add(name)) {
        throw DynamoDbException.invalid(
            "Only one global secondary index update per index is allowed simultaneously. Index: "
                + name);
      }
    }
  }

  private void checkOnly(String member, String what) {
    if (request.has(member) && request.members().size() > 2) {
      throw DynamoDbException.invalid(what + " must be the only operation in the request");
    }
  }

  private TableDefinition withThroughput(TableDefinition table) {
    BillingMode billing = asked.orElse(table.billing());
    Optional<Fields> provisioned = request.fields(PROVISIONED);
    Throughput throughput = table.throughput();
    if (billing == BillingMode.PAY_PER_REQUEST) {
      if (provisioned.isPresent()) {
        throw DynamoDbException.invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode "
                + "is PAY_PER_REQUEST");
      }
      throughput = throughput.onDemand();
    } else if (provisioned.isPresent()) {
      Throughput units = ThroughputRules.bounded(provisioned.get());
      if (units.read() == throughput.read() && units.write() == throughput.write()) {
        throw unchanged(units);
      }
      throughput = throughput.withProvisioned(units.read(), units.write());
    }
    throughput = ThroughputRules.withMax(throughput, request, billing, "", "table", -1);
    throughput = ThroughputRules.raised(throughput, request, "table");
    return table.withThroughput(billing, throughput, indexThroughput(table, billing));
  }

  private List<IndexDefinition> indexThroughput(TableDefinition table, BillingMode billing) {
    Map<String, Fields> updates = actions("Update");
    updates.keySet().forEach(name -> checkGlobal(table, name, "update"));
    List<IndexDefinition> indexes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (IndexDefinition index : table.indexes()) {
      Optional<Fields> update = Optional.ofNullable(updates.get(index.name()));
      Optional<Fields> provisioned = update.flatMap(fields -> fields.fields(PROVISIONED));
      Throughput throughput = index.throughput();
      if (index.kind() == IndexDefinition.Kind.GLOBAL) {
        if (billing == BillingMode.PAY_PER_REQUEST) {
          if (provisioned.isPresent()) {
            throw DynamoDbException.invalid(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
                    + index.name()
                    + " when BillingMode is PAY_PER_REQUEST");
          }
          throughput = throughput.onDemand();
        } else if (provisioned.isPresent()) {
          Throughput units = ThroughputRules.bounded(provisioned.get());
          throughput = throughput.withProvisioned(units.read(), units.write());
        } else if (table.billing() == BillingMode.PAY_PER_REQUEST) {
          missing.add(index.name());
        }
        if (update.isPresent()) {
          String name = index.name();
          throughput =
              ThroughputRules.withMax(
                  throughput, update.get(), billing, " for index : " + name, "index : " + name, -1);
          throughput = ThroughputRules.raised(throughput, update.get(), "index " + name);
        }
      }
      indexes.add(index.with(throughput));
    }
    if (!missing.isEmpty()) {
      throw DynamoDbException.invalid(
          "ProvisionedThroughput must be specified for index: " + String.join(",", missing));
    }
    return indexes;
  }

  private TableDefinition withIndexes(TableDefinition table) {
    Map<String, Fields> creates = actions("Create");
    Map<String, Fields> deletes = actions("Delete");
    if (creates.size() + deletes.size() > 1) {
      throw DynamoDbException.of(
          "LimitExceededException",
          "Subscriber limit exceeded: Only 1 online index can be created or deleted "
              + "simultaneously per table");
    }
    Map<String, KeyAttribute> definitions = new LinkedHashMap<>();
    table.attributes().forEach(attribute -> definitions.put(attribute.name(), attribute));
    Map<String, KeyAttribute> requested = KeySchemaRules.definitions(request);
    requested.forEach(definitions::putIfAbsent);
    // A request must define the keys of a new index again; that they have other types is ignored.
    Map<String, KeyAttribute> defined = new LinkedHashMap<>(definitions);
    defined.keySet().retainAll(requested.keySet());
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    for (String name : deletes.keySet()) {
      checkGlobal(table, name, "delete");
      indexes.removeIf(index -> index.name().equals(name));
    }
    for (Map.Entry<String, Fields> create : creates.entrySet()) {
      if (table.index(create.getKey()).isPresent()) {
        throw DynamoDbException.validation("Attempting to create an index which already exists");
      }
      if (table.indexes(IndexDefinition.Kind.GLOBAL).size() >= IndexRules.MAX_GLOBAL) {
        throw DynamoDbException.of(
            "LimitExceededException",
            DynamoDbException.INVALID
                + "GlobalSecondaryIndex count exceeds the per-table limit of "
                + IndexRules.MAX_GLOBAL);
      }
      indexes.add(new IndexRules(table.key(), defined, table.billing()).global(create.getValue()));
    }
    Set<String> used = KeySchemaRules.used(table.key(), indexes);
    return table.withIndexes(
        definitions.values().stream().filter(each -> used.contains(each.name())).toList(), indexes);
  }

  private TableDefinition withStream(TableDefinition table) {
    Optional<Fields> stream = request.fields("StreamSpecification");
    if (stream.isEmpty()) {
      return table;
    }
    Optional<String> view = stream.get().text("StreamViewType");
    if (stream.get().flag("StreamEnabled").orElseThrow()) {
      if (view.isEmpty()) {
        throw DynamoDbException.invalid(
            "If stream is being enabled then UpdateViewType is required");
      }
      if (table.stream().isPresent()) {
        throw DynamoDbException.validation(
            "Table already has an enabled stream: TableName: " + table.name());
      }
    } else {
      if (view.isPresent()) {
        throw DynamoDbException.invalid(
            "If stream is being disabled, then UpdateViewType must not be specified");
      }
      if (table.stream().isEmpty()) {
        throw DynamoDbException.validation(
            "Table has no stream to disable: TableName: " + table.name());
      }
    }
    return table.withStream(view.map(TableDefinition.StreamView::valueOf));
  }

  private Map<String, Fields> actions(String action) {
    Map<String, Fields> actions = new LinkedHashMap<>();
    for (Fields update : request.list(UPDATES)) {
      update.fields(action).ifPresent(fields -> actions.put(IndexRules.name(fields), fields));
    }
    return actions;
  }

  private static void checkGlobal(TableDefinition table, String name, String verb) {
    IndexDefinition index =
        table
            .index(name)
            .orElseThrow(
                () ->
                    DynamoDbException.notFound(
                        "Requested resource not found: Index: " + name + " not found"));
    if (index.kind() != IndexDefinition.Kind.GLOBAL) {
      throw DynamoDbException.validation(
          "Cannot " + verb + " an index that is not a GlobalSecondaryIndex: " + name);
    }
  }

  private static DynamoDbException unchanged(Throughput units) {
    return DynamoDbException.validation(
        "The provisioned throughput for the table will not change. The requested value equals the "
            + "current value. Current ReadCapacityUnits provisioned for the table: "
            + units.read()
            + ". Requested ReadCapacityUnits: "
            + units.read()
            + ". Current WriteCapacityUnits provisioned for the table: "
            + units.write()
            + ". Requested WriteCapacityUnits: "
            + units.write()
            + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to "
            + "request higher limits.");
  }
}
