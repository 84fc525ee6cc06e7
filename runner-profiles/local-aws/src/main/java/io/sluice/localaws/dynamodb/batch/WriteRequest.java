/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueReader;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds one write of a BatchWriteItem request.
 *
 * @param item to put, null unless this is a put
 * @param key of the item to delete, null unless this is a delete
 * @param size of the item to put, as {@link Sizes#of(Map)} measures it
 * @param problem what is wrong with these attributes
 */
record WriteRequest(
    Map<String, Value> item,
    Map<String, Value> key,
    long size,
    Optional<DynamoDbException> problem) {

  /** Reads the writes of one table. */
  static List<WriteRequest> readAll(JsonParser json) throws IOException {
    JsonScalars.startList(json);
    List<WriteRequest> requests = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      requests.add(read(json));
    }
    return requests;
  }

  private static WriteRequest read(JsonParser json) throws IOException {
    JsonScalars.startElement(json, "WriteRequest");
    ValueReader reader = new ValueReader(json, Wording.OLDER);
    Map<String, Value> item = null;
    Map<String, Value> key = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "PutRequest" -> item = attributes(json, name, "Item", reader);
        case "DeleteRequest" -> key = attributes(json, name, "Key", reader);
        default -> json.skipChildren();
      }
    }
    return new WriteRequest(item, key, item == null ? 0 : Sizes.of(item), reader.problem());
  }

  private static Map<String, Value> attributes(
      JsonParser json, String structure, String member, ValueReader reader) throws IOException {
    JsonScalars.startMember(json, structure);
    Map<String, Value> attributes = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL && name.equals(member)) {
        attributes = reader.item();
      } else {
        json.skipChildren();
      }
    }
    return attributes == null ? Map.of() : attributes;
  }

  /** Reports whether this is a put or a delete, and not both. */
  boolean isOne() {
    return (item == null) != (key == null);
  }

  boolean isPut() {
    return item != null;
  }

  /** Gives the item to put or the key of the one to delete. */
  Map<String, Value> attributes() {
    return isPut() ? item : key;
  }

  /** Prints this as the service's messages do, without its many null members. */
  @Override
  public String toString() {
    return "WriteRequest("
        + (isPut() ? "putRequest=PutRequest(item=" : "deleteRequest=DeleteRequest(key=")
        + attributes()
        + "))";
  }
}
