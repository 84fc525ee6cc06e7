/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotTime;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Registers tables and views in a database of the Glue Data Catalog. For the snapshots of a
 * DynamoDB table these are a table of all of them, a partition for each, and a view of the latest.
 * Registering again changes nothing.
 *
 * <p>The database must exist. An existing table with one of these names is replaced only if this
 * class created it for the same DynamoDB table. The caller needs {@code glue:CreateTable}, {@code
 * GetTable}, {@code UpdateTable}, {@code BatchCreatePartition}, {@code UpdatePartition}, and to
 * remove snapshots {@code BatchDeletePartition}.
 */
public final class GlueCatalog implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]{1,255}");

  /** The maximum that one request takes. */
  private static final int MAX_DELETED = 25;

  private static final int MAX_CREATED = 100;

  private static final String EXISTS = "AlreadyExistsException";
  private static final String GONE = "EntityNotFoundException";

  private final String database;
  private final ClientConfiguration client;

  private GlueCatalog(String database, ClientConfiguration client) {
    this.database = database;
    this.client = client;
  }

  /**
   * Refers to a database by its name, in the account and region of the job's AWS options.
   *
   * @param database of {@code [a-z0-9_]}
   */
  public static GlueCatalog of(String database) {
    if (!DATABASE.matcher(database).matches()) {
      throw new IllegalArgumentException(
          "the Glue database is '" + database + "', must be of a-z, 0-9 and _");
    }
    return new GlueCatalog(database, ClientConfiguration.builder().build());
  }

  /** Sets how to reach Glue; the job's AWS options apply to everything else. */
  public GlueCatalog withClient(ClientConfiguration configuration) {
    return new GlueCatalog(database, configuration);
  }

  /** Returns the name of the database. */
  public String database() {
    return database;
  }

  /**
   * Creates or updates a table and a view, and creates those of the partitions that do not exist.
   *
   * @param done what has been done before, for the message of a failure: a sentence without its end
   */
  public void register(
      String done,
      TableInput table,
      List<PartitionInput> partitions,
      TableInput view,
      PipelineOptions options)
      throws PublishException {
    tell(
        done,
        options,
        glue -> {
          put(glue, table);
          for (int from = 0; from < partitions.size(); from += MAX_CREATED) {
            create(
                glue,
                table.name(),
                partitions.subList(from, Math.min(partitions.size(), from + MAX_CREATED)),
                done);
          }
          put(glue, view);
        });
  }

  /** Creates or updates the table, the partition of the snapshot, and the view. */
  public void register(CatalogTable table, PipelineOptions options) throws PublishException {
    GlueTables tables = new GlueTables(database, table);
    tell(
        done(table.location()),
        options,
        glue -> {
          put(glue, tables.snapshots());
          put(glue, tables.partition());
          put(glue, tables.view());
        });
  }

  /** Does the same for a snapshot that is not the latest: only its partition changes. */
  public void registerOld(CatalogTable table, PipelineOptions options) throws PublishException {
    GlueTables tables = new GlueTables(database, table);
    tell(
        done(table.location()),
        options,
        glue -> {
          create(glue, tables.snapshots());
          put(glue, tables.partition());
        });
  }

  private interface Telling {
    void to(GlueClient glue) throws PublishException;
  }

  private static String done(String snapshot) {
    return "The snapshot " + snapshot + " is published";
  }

  private void tell(String done, PipelineOptions options, Telling telling) throws PublishException {
    try (GlueClient glue = client(options)) {
      telling.to(glue);
    } catch (SdkException e) {
      throw new PublishException(done + ", but Glue does not know of it: " + explain(e), e);
    }
  }

  /**
   * Creates a table; false when it exists.
   *
   * @throws PublishException when the existing table belongs to something else
   */
  private boolean create(GlueClient glue, TableInput table) throws PublishException {
    try {
      glue.createTable(r -> r.databaseName(database).tableInput(table));
      return true;
    } catch (AlreadyExistsException e) {
      String owner =
          glue.getTable(r -> r.databaseName(database).name(table.name()))
              .table()
              .parameters()
              .get(GlueViews.OWNER);
      if (!table.parameters().get(GlueViews.OWNER).equals(owner)) {
        throw new PublishException(
            ("Glue has a table %s.%s that was not made for this DynamoDB table; it is left as it is."
                    + " Drop it, or give another database")
                .formatted(database, table.name()),
            e);
      }
      return false;
    }
  }

  private void put(GlueClient glue, TableInput table) throws PublishException {
    if (!create(glue, table)) {
      glue.updateTable(r -> r.databaseName(database).tableInput(table).skipArchive(true));
    }
  }

  private void put(GlueClient glue, GlueTables.Partition partition) throws PublishException {
    PartitionInput input = partition.input();
    String done = done(input.storageDescriptor().location());
    if (create(glue, partition.table(), List.of(input), done) == 0) {
      glue.updatePartition(
          r ->
              r.databaseName(database)
                  .tableName(partition.table())
                  .partitionValueList(input.values())
                  .partitionInput(input));
    }
  }

  /** Creates partitions; returns how many of them did not exist yet. */
  private int create(GlueClient glue, String table, List<PartitionInput> partitions, String done)
      throws PublishException {
    List<PartitionError> errors =
        glue.batchCreatePartition(
                r -> r.databaseName(database).tableName(table).partitionInputList(partitions))
            .errors();
    for (PartitionError error : errors) {
      ErrorDetail detail = error.errorDetail();
      if (!EXISTS.equals(detail.errorCode())) {
        throw new PublishException(
            "%s, but Glue does not take its partition: %s (%s)"
                .formatted(done, detail.errorMessage(), detail.errorCode()));
      }
    }
    return partitions.size() - errors.size();
  }

  /** Removes the partitions of snapshots; missing ones are ignored. */
  public void retire(CatalogTable table, List<SnapshotTime> times, PipelineOptions options)
      throws PublishException {
    try (GlueClient glue = client(options)) {
      for (int from = 0; from < times.size(); from += MAX_DELETED) {
        List<PartitionValueList> values =
            times.subList(from, Math.min(times.size(), from + MAX_DELETED)).stream()
                .map(time -> PartitionValueList.builder().values(time.toString()).build())
                .toList();
        List<PartitionError> errors =
            glue.batchDeletePartition(
                    r ->
                        r.databaseName(database)
                            .tableName(table.snapshots())
                            .partitionsToDelete(values))
                .errors();
        for (PartitionError error : errors) {
          if (!GONE.equals(error.errorDetail().errorCode())) {
            throw new PublishException(error.errorDetail().errorMessage());
          }
        }
      }
    } catch (SdkException e) {
      throw new PublishException(explain(e), e);
    }
  }

  private GlueClient client(PipelineOptions options) {
    return ClientBuilderFactory.buildClient(
        options.as(AwsOptions.class), GlueClient.builder(), client);
  }

  private String explain(SdkException e) {
    if (e instanceof EntityNotFoundException) {
      return "the database %s, or a table in it, does not exist: %s"
          .formatted(database, message((EntityNotFoundException) e));
    }
    if (e instanceof AccessDeniedException denied) {
      return "access denied: " + message(denied);
    }
    return String.valueOf(e.getMessage());
  }

  private static String message(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return String.valueOf(details == null ? e.getMessage() : details.errorMessage());
  }
}
