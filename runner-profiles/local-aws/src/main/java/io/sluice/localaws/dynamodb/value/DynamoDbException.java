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
import java.util.Set;

/**
 * Reports an error as the service does: a type, a message, and members of its own for some.
 *
 * <p>It is an answer to a request and no fault of the server, so it has no stack trace.
 */
public final class DynamoDbException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Is what the service says before the reason why a parameter is bad. */
  public static final String INVALID = "One or more parameter values were invalid: ";

  /** Is the namespace of what the service's model of DynamoDB has. */
  static final String MODEL = "com.amazonaws.dynamodb.v20120810";

  private static final String CORAL = "com.amazon.coral.service";

  /** Lists the types that the service's framework has and its model of DynamoDB has not. */
  private static final Map<String, String> NAMESPACES =
      Map.of(
          "ValidationException", "com.amazon.coral.validate",
          "SerializationException", CORAL,
          "UnknownOperationException", CORAL,
          "AccessDeniedException", CORAL,
          "InvalidSignatureException", CORAL,
          "IncompleteSignatureException", CORAL,
          "MissingAuthenticationTokenException", CORAL,
          "UnrecognizedClientException", CORAL);

  /** Lists the types whose message has a capital M. */
  private static final Set<String> CAPITAL =
      Set.of(
          "SerializationException",
          "AccessDeniedException",
          "TransactionCanceledException",
          "TransactionInProgressException",
          "IdempotentParameterMismatchException");

  private final String type;
  private final int status;

  /** Holds what no stream can: an error is written as JSON and never serialised otherwise. */
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

  /** Makes the ValidationException of most bad parameters, which gives {@code reason}. */
  public static DynamoDbException invalid(String reason) {
    return validation(INVALID + reason);
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

  /** Names the error's type with the namespace that the service gives it. */
  String qualifiedType() {
    return NAMESPACES.getOrDefault(type, MODEL) + "#" + type;
  }

  /** Writes the body of the response: type, message unless it is null, and further members. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("__type", qualifiedType());
    if (getMessage() != null) {
      json.writeStringField(CAPITAL.contains(type) ? "Message" : "message", getMessage());
    }
    writeMembers(json);
    json.writeEndObject();
  }

  /** Writes the further members, into an object that the caller has begun. */
  public void writeMembers(JsonGenerator json) throws IOException {
    for (Map.Entry<String, Member> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      member.getValue().write(json);
    }
  }
}
