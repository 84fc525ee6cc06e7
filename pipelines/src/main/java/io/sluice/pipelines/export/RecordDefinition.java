/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.dynamodb.table.DescribeDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Describes a table for the manifest of its snapshot, so that an import can create it again. */
final class RecordDefinition {
  private RecordDefinition() {}

  /**
   * Describes the table that is exported. What DynamoDB refuses to tell is said, and not recorded:
   * the export goes on without.
   *
   * @return its definition; null when it cannot be described
   */
  static @Nullable TableDefinition of(SluiceOptions options, TableInfo table, Console console) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      TableDefinition found =
          DescribeDefinition.named(table.name(), client, why -> tell(why, console)).orElse(null);
      if (found == null || !found.keySchema().equals(table.keySchema())) {
        tell(
            "the definition of %s, which is another table by now".formatted(table.name()), console);
        return null;
      }
      return found;
    } catch (SdkException e) {
      tell("the definition of %s: %s".formatted(table.name(), UserMessages.oneLine(e)), console);
      return null;
    }
  }

  private static void tell(String why, Console console) {
    console.tell("not recorded in the manifest, and not restored by an import: " + why);
  }
}
