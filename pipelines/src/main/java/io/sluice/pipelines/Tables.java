/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.DescribeTable;
import io.sluice.dynamodb.TableInfo;
import io.sluice.file.KeyFrom;
import io.sluice.item.KeyAttribute;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The first contact with a table, by the submitting program. */
final class Tables {
  private Tables() {}

  /**
   * Describes a table and checks that the keys that the source makes fit it.
   *
   * @param onDemand what the table can do when it is on-demand, where that is given
   * @param whenMissing gives the table in place of one that does not exist, or fails
   * @throws JobException when DynamoDB cannot be asked, or the keys do not fit
   */
  static TableInfo describe(
      SourceOptions options,
      SourcePlan plan,
      OnDemandUnits onDemand,
      Function<DynamoDbClient, TableInfo> whenMissing) {
    TableInfo table = describe(options, plan.table(), onDemand, whenMissing);
    KeyAttribute partitionKey = table.keySchema().partitionKey();
    if (plan.keyFrom().source() != KeyFrom.Source.RECORD
        && partitionKey.type() != KeyAttribute.Type.S) {
      throw new JobException(
          "--keyFrom="
              + options.getKeyFrom()
              + " makes a string, but the partition key of "
              + plan.table()
              + " is "
              + partitionKey);
    }
    return table;
  }

  /**
   * Describes a table.
   *
   * @param onDemand what it can do when it is on-demand, where that is given
   * @param whenMissing gives the table in place of one that does not exist, or fails
   * @throws JobException when DynamoDB cannot be asked
   */
  static TableInfo describe(
      SluiceOptions options,
      String name,
      OnDemandUnits onDemand,
      Function<DynamoDbClient, TableInfo> whenMissing) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      Optional<TableInfo> found = DescribeTable.named(name, client, onDemand);
      return found.isPresent() ? found.get() : whenMissing.apply(client);
    } catch (JobException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new JobException(
          "the table "
              + name
              + " at "
              + Aws.dynamodbName(options)
              + " cannot be described: "
              + Causes.oneLine(e),
          e);
    }
  }
}
