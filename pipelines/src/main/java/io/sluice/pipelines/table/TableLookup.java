/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Describes a table for the submitting program, as the first contact with DynamoDB. */
public final class TableLookup {
  private TableLookup() {}

  /**
   * Whether a table that DynamoDB reports as empty is so: the report is up to six hours old. One
   * request, for one item. False when that cannot be asked, for a job that may need no scan.
   */
  public static boolean isKnownToBeEmpty(SluiceOptions options, TableInfo table) {
    if (table.items() > 0) {
      return false;
    }
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      return DescribeTable.isEmpty(table.name(), client);
    } catch (SdkException e) {
      return false;
    }
  }

  /**
   * Returns what identifies a table: another of its name, made later, has another. Empty when there
   * is none.
   *
   * @throws JobException when DynamoDB cannot be asked
   */
  public static Optional<String> identity(SluiceOptions options, String name) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      return DescribeTable.identityOf(name, client);
    } catch (RuntimeException e) {
      throw new JobException(
          "the table %s cannot be described: %s".formatted(name, UserMessages.oneLine(e)), e);
    }
  }

  /**
   * Describes a table.
   *
   * @param onDemand what it can do when it is on-demand, if that is given
   * @param whenMissing returns the table in place of one that does not exist, or fails
   * @throws JobException when DynamoDB cannot be asked
   */
  public static TableInfo describe(
      SluiceOptions options,
      String name,
      OnDemandUnits onDemand,
      Function<DynamoDbClient, TableInfo> whenMissing) {
    Aws.checkRegion(options, name);
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
              + UserMessages.oneLine(e),
          e);
    }
  }
}
