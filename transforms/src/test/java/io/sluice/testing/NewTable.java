/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import io.sluice.item.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** An on-demand table without indexes that a test creates. */
public final class NewTable {
  private final CreateTableRequest.Builder request;

  private NewTable(CreateTableRequest.Builder request) {
    this.request = request;
  }

  /**
   * Names a table and its key.
   *
   * @param key the partition key, such as {@code id:S}, and after it the sort key, if there is one
   */
  public static NewTable of(String name, String... key) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    List<KeySchemaElement> elements = new ArrayList<>();
    for (String text : key) {
      KeyAttribute attribute = KeyAttribute.parse(text);
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(attribute.name())
              .attributeType(attribute.type().name())
              .build());
      elements.add(
          KeySchemaElement.builder()
              .attributeName(attribute.name())
              .keyType(elements.isEmpty() ? KeyType.HASH : KeyType.RANGE)
              .build());
    }
    return new NewTable(
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attributes)
            .keySchema(elements));
  }

  /** Adds a stream of new images. */
  public NewTable withStream() {
    request.streamSpecification(
        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE));
    return this;
  }

  /** Creates it. */
  public void createIn(DynamoDbClient dynamodb) {
    dynamodb.createTable(request.build());
  }
}
