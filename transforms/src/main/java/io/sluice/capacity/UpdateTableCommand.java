/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.capacity.Capacity.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints the AWS CLI command that raises the write capacity of a table and its indexes. It is a
 * single command, because DynamoDB accepts no second update while it works on the first. Source:
 * UpdateTable in the API reference.
 */
final class UpdateTableCommand {
  private UpdateTableCommand() {}

  static String of(String table, List<WriteForecastPart> parts) {
    StringBuilder command = new StringBuilder("aws dynamodb update-table --table-name " + table);
    List<String> indexes = new ArrayList<>();
    for (WriteForecastPart part : parts) {
      if (part.missing() > 0 && part.isTable()) {
        Change change = change(part);
        command.append(' ').append(change.option()).append(' ').append(change.asOption());
      } else if (part.missing() > 0) {
        indexes.add(update(part));
      }
    }
    if (!indexes.isEmpty()) {
      command.append(" --global-secondary-index-updates '[");
      command.append(String.join(",", indexes)).append("]'");
    }
    return command.toString();
  }

  private static String update(WriteForecastPart part) {
    Change change = change(part);
    return "{\"Update\":{\"IndexName\":\""
        + part.index()
        + "\",\""
        + change.field()
        + "\":"
        + change.asJson()
        + "}}";
  }

  /** A structure of UpdateTable, by its names as an option and as a field, with its figures. */
  private record Change(String option, String field, Map<String, Long> units) {
    String asOption() {
      return units.entrySet().stream()
          .map(unit -> unit.getKey() + "=" + unit.getValue())
          .collect(Collectors.joining(","));
    }

    String asJson() {
      return units.entrySet().stream()
          .map(unit -> "\"" + unit.getKey() + "\":" + unit.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  private static Change change(WriteForecastPart part) {
    long reads = (long) Math.ceil(part.capacity().readUnits());
    long writes = part.raisedWrites();
    return switch (part.capacity().writes()) {
      case PROVISIONED ->
          new Change(
              "--provisioned-throughput",
              "ProvisionedThroughput",
              units("ReadCapacityUnits", reads, "WriteCapacityUnits", writes));
      case MAXIMUM ->
          new Change(
              "--on-demand-throughput",
              "OnDemandThroughput",
              Map.of("MaxWriteRequestUnits", writes));
      case OPTION, WARM_THROUGHPUT, NEW_TABLE ->
          new Change("--warm-throughput", "WarmThroughput", warm(part.capacity(), reads, writes));
    };
  }

  /** Includes the reads only when they are warm: DynamoDB refuses to warm to less than there is. */
  private static Map<String, Long> warm(Capacity capacity, long reads, long writes) {
    boolean isWarm =
        capacity.reads() == Source.WARM_THROUGHPUT || capacity.reads() == Source.NEW_TABLE;
    return isWarm
        ? units("ReadUnitsPerSecond", reads, "WriteUnitsPerSecond", writes)
        : Map.of("WriteUnitsPerSecond", writes);
  }

  /** Orders the units by name, so reads come first. */
  private static Map<String, Long> units(
      String readsName, long reads, String writesName, long writes) {
    return new TreeMap<>(Map.of(readsName, reads, writesName, writes));
  }
}
