/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports an error as the service does: a type, a message, and members of its own for some. */
public final class DynamoDbException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;
  private final int status;
  private final transient Map<String, Member> members;

  private DynamoDbException(String type, int status, String message, Map<String, Member> members) {
    super(message, null, false, false);
    this.type = type;
    this.status = status;
    this.members = members;
  }

  /** Writes the value of a member of an error's JSON. */
  @FunctionalInterface
  public interface Member {
    void write(JsonGenerator json) throws IOException;
  }

  /** Makes a ValidationException: the request has the right form and makes no sense. */
  public static DynamoDbException validation(String message) {
    return of("ValidationException", message);
  }

  /** Makes a SerializationException: the request's JSON does not have the right form. */
  public static DynamoDbException serialization(String message) {
    return of("SerializationException", message);
  }

  /** Makes a ConditionalCheckFailedException. */
  public static DynamoDbException conditionalCheckFailed() {
    return of("ConditionalCheckFailedException", "The conditional request failed");
  }

  /** Makes a ResourceNotFoundException. */
  public static DynamoDbException notFound(String message) {
    return of("ResourceNotFoundException", message);
  }

  /** Makes a ResourceInUseException. */
  public static DynamoDbException inUse(String message) {
    return of("ResourceInUseException", message);
  }

  /** Makes an InternalServerError, which has the status 500. */
  public static DynamoDbException internal(String message) {
    return new DynamoDbException("InternalServerError", 500, message, Map.of());
  }

  /** Makes an error of {@code type}, without its namespace, that has the status 400. */
  public static DynamoDbException of(String type, String message) {
    return new DynamoDbException(type, 400, message, Map.of());
  }

  /** Makes the same error with one more member in its JSON, after those that it has. */
  public DynamoDbException with(String name, Member member) {
    Map<String, Member> more = new LinkedHashMap<>(members);
    more.put(name, member);
    return new DynamoDbException(type, status, getMessage(), more);
  }

  /** Names the error's type without its namespace, {@code ValidationException} for example. */
  public String type() {
    return type;
  }

  /** Gives the status of the HTTP response: 400 or 500. */
  public int status() {
    return status;
  }

  /** Writes the body of the response. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("__type", "com.amazonaws.dynamodb.v20120810#" + type);
    json.writeStringField("message", getMessage());
    for (Map.Entry<String, Member> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      member.getValue().write(json);
    }
    json.writeEndObject();
  }
}
