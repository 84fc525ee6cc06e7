/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.TableJson;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Does UpdateContinuousBackups and DescribeContinuousBackups.
 *
 * <p>A table can be read at any time up to now, while the service lags behind by some minutes.
 */
public final class ContinuousBackups {

  private static final Shape.Member TABLE = required("TableName", text(1, 1024));
  private static final Shape.Struct DESCRIBE = struct("DescribeContinuousBackupsInput", TABLE);
  private static final Shape.Struct UPDATE =
      struct(
          "UpdateContinuousBackupsInput",
          TABLE,
          required(
              "PointInTimeRecoverySpecification",
              struct(
                  "PointInTimeRecoverySpecification",
                  required("PointInTimeRecoveryEnabled", new Shape.Flag()),
                  optional("RecoveryPeriodInDays", new Shape.Whole("Integer", 1, Recovery.DAYS)))));

  private final Tables tables;
  private final Recovery recovery;
  private final InstantSource clock;

  /** Works on {@code tables}. */
  public ContinuousBackups(Tables tables, Recovery recovery, InstantSource clock) {
    this.tables = tables;
    this.recovery = recovery;
    this.clock = clock;
  }

  /** Lists the operations by their names. */
  public Map<String, Operation> operations() {
    return Map.of(
        "DescribeContinuousBackups",
        (json, region) -> answer(table(DESCRIBE.read(JsonTree.read(json)))),
        "UpdateContinuousBackups",
        (json, region) -> update(UPDATE.read(JsonTree.read(json))));
  }

  private Answer update(Fields request) {
    Table table = table(request);
    Fields specification = request.fields("PointInTimeRecoverySpecification").orElseThrow();
    if (specification.flag("PointInTimeRecoveryEnabled").orElseThrow()) {
      recovery.enable(
          table, (int) specification.whole("RecoveryPeriodInDays").orElse(Recovery.DAYS));
    } else {
      recovery.disable(table);
    }
    return answer(table);
  }

  private Table table(Fields request) {
    String name = TableNames.of(request.text("TableName").orElseThrow());
    return tables
        .find(name)
        .orElseThrow(
            () -> DynamoDbException.of("TableNotFoundException", "Table not found: " + name));
  }

  private Answer answer(Table table) {
    Optional<TableRecovery> enabled = recovery.of(table);
    Instant now = clock.instant();
    return json -> {
      json.writeObjectFieldStart("ContinuousBackupsDescription");
      json.writeStringField("ContinuousBackupsStatus", "ENABLED");
      json.writeObjectFieldStart("PointInTimeRecoveryDescription");
      json.writeStringField(
          "PointInTimeRecoveryStatus", enabled.isPresent() ? "ENABLED" : "DISABLED");
      if (enabled.isPresent()) {
        write(json, enabled.get(), now);
      }
      json.writeEndObject();
      json.writeEndObject();
    };
  }

  private static void write(JsonGenerator json, TableRecovery enabled, Instant now)
      throws IOException {
    json.writeNumberField("RecoveryPeriodInDays", enabled.days());
    TableJson.writeTime(json, "EarliestRestorableDateTime", enabled.earliest(now));
    TableJson.writeTime(json, "LatestRestorableDateTime", now);
  }
}
