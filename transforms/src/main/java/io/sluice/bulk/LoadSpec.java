/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The settings of a {@link BulkLoad}.
 *
 * @param operation the operation of DynamoDB
 * @param table its name
 * @param schema its primary key
 * @param creation how the table is created; null when it is there
 * @param folder of the run in S3: the same whenever the same items are loaded into the same table
 * @param submission identifies the job among those that have the same folder; letters, digits and
 *     hyphens
 * @param maxWriteUnits the most write units a second of a bulk put; null for DynamoDB's own rate
 * @param bucketOwner the account of the bucket, if it is another one
 * @param client how DynamoDB is reached; settings that are left open come from Beam's AWS options
 */
public record LoadSpec(
    LoadOperation operation,
    String table,
    KeySchema schema,
    @Nullable TableDefinition creation,
    String folder,
    String submission,
    @Nullable Long maxWriteUnits,
    @Nullable String bucketOwner,
    ClientConfiguration client)
    implements Serializable {

  public LoadSpec {
    if (!folder.startsWith("s3://")) {
      throw new IllegalArgumentException("folder is " + folder + ", must be in S3");
    }
    if (!submission.matches("[-0-9A-Za-z]+")) {
      throw new IllegalArgumentException(
          "submission is " + submission + ", must be letters, digits and hyphens");
    }
  }
}
