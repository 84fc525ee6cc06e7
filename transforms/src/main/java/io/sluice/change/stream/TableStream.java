/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The stream of a table, if one is enabled.
 *
 * @param arn its ARN; empty if none is enabled
 */
public record TableStream(Optional<String> arn) {

  /** Describes the stream of a table; empty when there is no such table. */
  public static Optional<TableStream> of(String table, DynamoDbClient client) {
    TableDescription description;
    try {
      description = client.describeTable(r -> r.tableName(table)).table();
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
    boolean enabled =
        description.streamSpecification() != null
            && Boolean.TRUE.equals(description.streamSpecification().streamEnabled());
    return Optional.of(
        new TableStream(
            enabled ? Optional.ofNullable(description.latestStreamArn()) : Optional.empty()));
  }

  /** Enables a stream of new and old images for a table that has none; returns its ARN. */
  public static String enable(String table, DynamoDbClient client) {
    return client
        .updateTable(
            r ->
                r.tableName(table)
                    .streamSpecification(
                        s ->
                            s.streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
        .tableDescription()
        .latestStreamArn();
  }
}
