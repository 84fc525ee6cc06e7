/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.checkpoint.BucketMarks;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeySchema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The settings of a {@link WriteTable}; not changed any more once it has them. */
public final class WriteSpec extends TableAccess {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATIO = 0.5;

  private final KeySchema schema;
  boolean check = true;

  /** Milliseconds since 1970. */
  long stopAt = Long.MAX_VALUE;

  /** How the table is created if it does not exist when there are items for it; null not to. */
  @Nullable TableDefinition creation;

  /** Where it is kept which buckets are written; null for nowhere. */
  @Nullable BucketMarks marks;

  public WriteSpec(String table, KeySchema schema) {
    super(table, Budget.ofRatio(DEFAULT_RATIO));
    this.schema = schema;
  }

  /** Copies the settings, to be changed; the copy is another step. */
  public WriteSpec(WriteSpec other) {
    super(other);
    schema = other.schema;
    check = other.check;
    stopAt = other.stopAt;
    creation = other.creation;
    marks = other.marks;
  }

  /** Whether the table is created when there are items for it. */
  boolean createsTable() {
    return creation != null;
  }

  @Override
  public TableInfo describeFirst(DynamoDbClient dynamodb) {
    if (creation == null) {
      return super.describeFirst(dynamodb);
    }
    TableInfo table = CreateTable.named(table(), creation, dynamodb, onDemand());
    if (!table.keySchema().equals(schema)) {
      throw new IllegalStateException(
          "the table %s was created by another meanwhile, with the key %s, not %s"
              .formatted(table(), table.keySchema(), schema));
    }
    return table;
  }

  KeySchema schema() {
    return schema;
  }

  /** Whether items that have not been begun are left. */
  boolean isTimeUp() {
    return System.currentTimeMillis() >= stopAt;
  }
}
