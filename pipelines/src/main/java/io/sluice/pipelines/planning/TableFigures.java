/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import io.sluice.capacity.ForecastFormat;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.table.TableSample;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.plan.Estimate;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How many items a table or an index has, and how large they are. DynamoDB counts them about every
 * six hours; a bounded sample of the items tells whether its figures still hold, and replaces them
 * if not.
 *
 * @param notes for people
 */
public record TableFigures(Estimate items, Estimate bytes, List<String> notes) {

  /**
   * Looks at a table.
   *
   * @param index null for the table
   * @param countedItems what DynamoDB last counted, 0 if it has not
   */
  public static TableFigures of(
      SluiceOptions options,
      TableInfo table,
      @Nullable String index,
      long countedItems,
      long countedBytes,
      PlanSettings settings) {
    if (settings.sampleUnits() == 0) {
      return countedItems > 0
          ? counted(
              countedItems,
              countedBytes,
              List.of("The items were counted by DynamoDB up to six hours ago."))
          : unknown(
              "DynamoDB has counted no items in "
                  + table.name()
                  + ", which it does every six hours or so: how many it has is unknown.");
    }
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      TableSample sample =
          TableSample.of(table.name(), index, settings.sampleUnits(), new SecureRandom(), client);
      return of(table.name(), sample, countedItems, countedBytes);
    } catch (SdkException e) {
      String why =
          "A sample of %s cannot be read (%s)".formatted(table.name(), UserMessages.oneLine(e));
      return countedItems > 0
          ? counted(
              countedItems,
              countedBytes,
              List.of(why + ": the items are as DynamoDB counted them, up to six hours ago."))
          : unknown(why + ", and DynamoDB has counted none: how many it has is unknown.");
    }
  }

  static TableFigures of(String table, TableSample sample, long countedItems, long countedBytes) {
    Estimate items = estimate(sample.itemBounds());
    Estimate bytes = estimate(sample.byteBounds());
    String took =
        String.format(
            Locale.ROOT,
            "A sample of %s took %s",
            table,
            ForecastFormat.number(sample.units()) + " read units");
    if (countedItems > 0 && sample.mayHave(countedItems)) {
      return counted(
          countedItems,
          countedBytes,
          List.of(
              took
                  + ": it confirms the "
                  + ForecastFormat.number(countedItems)
                  + " items that DynamoDB last counted."));
    }
    String counted =
        countedItems > 0
            ? ForecastFormat.number(countedItems)
                + " items, as DynamoDB last counted them, is not what there is now."
            : "DynamoDB has not counted the items yet.";
    return new TableFigures(
        items,
        bytes,
        List.of(
            took
                + ", from which the bounds follow"
                + (items.isExact() ? "; it was of all items" : "")
                + ": "
                + counted));
  }

  private static TableFigures counted(long items, long bytes, List<String> notes) {
    return new TableFigures(Estimate.exactly(items), Estimate.exactly(bytes), notes);
  }

  private static TableFigures unknown(String note) {
    return new TableFigures(Estimate.UNKNOWN, Estimate.UNKNOWN, List.of(note));
  }

  private static Estimate estimate(double[] bounds) {
    return Estimate.between(bounds[0], bounds[1]);
  }
}
