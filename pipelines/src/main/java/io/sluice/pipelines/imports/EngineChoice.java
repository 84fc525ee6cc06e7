/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.bulk.LoadOperation;
import io.sluice.capacity.ForecastFormat;
import io.sluice.capacity.WriteForecast;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.job.Aws;
import io.sluice.plan.Alternative;
import io.sluice.plan.Bill;
import io.sluice.plan.Estimate;
import io.sluice.survey.SurveySection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Compares the engines that could write what an import has for its table.
 *
 * @param plan of the import
 * @param survey of the items
 * @param writes what it takes to write them by requests
 */
record EngineChoice(ImportPlan plan, TableInfo table, SurveySection survey, WriteForecast writes) {
  private static final String ENGINE = "--writeEngine=";

  /**
   * Returns what each takes; none when only one can do it.
   *
   * @param units what the write units cost
   */
  List<Alternative> alternatives(Bill units, SluiceOptions options) {
    List<Alternative> others = new ArrayList<>();
    if (table.creation() == null) {
      if (takesBulkPuts(options)) {
        others.add(load(LoadOperation.BULK_PUT));
      }
    } else if (CreateTable.notImported(table.creation()).isEmpty()) {
      others.add(load(LoadOperation.IMPORT_TABLE));
    }
    if (!writes.isEnough() && !writes.capacity().onDemand() && table.creation() == null) {
      others.add(
          new Alternative(
              "--raiseCapacity=DEADLINE",
              Estimate.atLeast(writes.deadline().toSeconds()),
              Estimate.exactly(writes.raisingCost())));
    }
    if (others.isEmpty()) {
      return List.of();
    }
    others.add(
        0,
        new Alternative(
            ENGINE + "async", Estimate.atLeast(writes.takes().toSeconds()), units.dollars()));
    return others;
  }

  private Alternative load(LoadOperation operation) {
    LoadForecast forecast =
        new LoadForecast(
            operation,
            plan.load() == null ? null : plan.load().maxWriteUnits(),
            survey,
            plan.budget().prices());
    return new Alternative(
        ENGINE + LoadPlan.nameOf(operation), forecast.seconds(), forecast.dollars());
  }

  /** Whether DynamoDB says that it would; false when it cannot be asked. */
  private boolean takesBulkPuts(SluiceOptions options) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      return DescribeTable.bulkProblem(table.name(), client).isEmpty();
    } catch (SdkException e) {
      return false;
    }
  }

  /** Says which one takes the least money, among those that are known to be in time. */
  static Optional<String> verdict(List<Alternative> all, Duration deadline) {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Alternative> known =
        all.stream()
            .filter(way -> way.dollars().isKnown())
            .filter(way -> deadline == null || isInTime(way, deadline))
            .sorted(Comparator.comparingDouble(way -> way.dollars().low()))
            .toList();
    String rest =
        all.stream().allMatch(way -> way.seconds().isKnown())
            ? ""
            : " Nobody promises a time of those whose time is unknown.";
    if (known.isEmpty()) {
      return Optional.of("None is known to meet the deadline." + rest);
    }
    return Optional.of(
        "The least money%s: %s, %s.%s"
            .formatted(
                deadline == null
                    ? ", as far as prices are known"
                    : ", of what can meet the deadline",
                known.get(0).how(),
                known.get(0).dollars().text(ForecastFormat::smallDollars),
                rest));
  }

  private static boolean isInTime(Alternative way, Duration deadline) {
    return way.seconds().isKnown() && way.seconds().low() <= deadline.toSeconds();
  }
}
