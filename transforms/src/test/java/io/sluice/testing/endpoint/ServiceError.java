/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

/** An error of the service, as its clients see it. Its message has no contents of an item. */
final class ServiceError extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
  private static final String SERVICE = "com.amazon.coral.service#";

  private final int status;
  private final String type;

  private ServiceError(int status, String type, String message) {
    // Made for very many requests: a stack trace costs, and is no help.
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  static ServiceError provisionedThroughputExceeded() {
    return new ServiceError(
        400,
        DYNAMODB + "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded. Consider"
            + " increasing your provisioning level with the UpdateTable API.");
  }

  static ServiceError throttling() {
    return new ServiceError(
        400, "com.amazon.coral.availability#ThrottlingException", "Rate of requests exceeded");
  }

  static ServiceError requestLimitExceeded() {
    return new ServiceError(
        400,
        DYNAMODB + "RequestLimitExceeded",
        "Throughput exceeds the current throughput limit for your account.");
  }

  static ServiceError internalServerError() {
    return new ServiceError(500, DYNAMODB + "InternalServerError", "Internal server error");
  }

  static ServiceError serviceUnavailable() {
    return new ServiceError(
        503, DYNAMODB + "ServiceUnavailable", "The service is temporarily unavailable");
  }

  static ServiceError expiredToken() {
    return new ServiceError(
        400,
        SERVICE + "ExpiredTokenException",
        "The security token included in the request is expired");
  }

  static ServiceError validation(String message) {
    return new ServiceError(400, "com.amazon.coral.validate#ValidationException", message);
  }

  static ServiceError serialization() {
    return new ServiceError(400, SERVICE + "SerializationException", "The request is not JSON");
  }

  static ServiceError unknownOperation() {
    return new ServiceError(400, SERVICE + "UnknownOperationException", "");
  }

  static ServiceError resourceNotFound() {
    return new ServiceError(
        400, DYNAMODB + "ResourceNotFoundException", "Requested resource not found");
  }

  int status() {
    return status;
  }

  /** The error's name without its name space. */
  String code() {
    return type.substring(type.indexOf('#') + 1);
  }

  /** The body of the answer. */
  byte[] body() {
    return Json.bytes(
        Json.object().put("__type", type).put("message", String.valueOf(getMessage())));
  }
}
