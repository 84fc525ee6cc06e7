/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Reply;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** Answers HTTP requests as the service does, whatever their signature. */
final class RequestHandler implements HttpHandler {

  /** Limits the body of a request. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(RequestHandler.class.getName());
  private static final String AWS_JSON = "application/x-amz-json-1.0";
  private static final String JSON = "application/json";
  private static final byte[] NOT_AWS =
      "<UnknownOperationException/>\n".getBytes(StandardCharsets.UTF_8);
  private static final Reply NO_TOKEN =
      error(
          "MissingAuthenticationTokenException\",\"message\":\""
              + "Request is missing Authentication Token");
  private static final Reply NO_BODY = error("SerializationException");
  private static final Reply FAILED =
      new Reply(
          500,
          "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}"
              .getBytes(StandardCharsets.UTF_8));

  private final Operations operations;

  RequestHandler(Operations operations) {
    this.operations = operations;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
      exchange.getResponseHeaders().set("x-amzn-RequestId", RequestIds.next());
      if (body.length > MAX_BYTES) {
        exchange.sendResponseHeaders(413, -1);
      } else if (exchange.getRequestMethod().equals("GET")) {
        String healthy = "healthy: dynamodb." + Credential.DEFAULT_REGION + ".amazonaws.com ";
        send(exchange, 200, Optional.empty(), healthy.getBytes(StandardCharsets.UTF_8));
      } else {
        post(exchange, body);
      }
    }
  }

  private void post(HttpExchange exchange, byte[] body) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String type = header(headers, "Content-Type").split(";", 2)[0].trim();
    boolean known = type.equals(AWS_JSON) || type.equals(JSON);
    if (!exchange.getRequestMethod().equals("POST") || body.length > 0 && !known) {
      send(exchange, 404, Optional.empty(), NOT_AWS);
      return;
    }
    Reply reply = answer(headers, body);
    send(exchange, reply.status(), Optional.of(known ? type : JSON), reply.body());
  }

  private Reply answer(Headers headers, byte[] body) {
    String target = header(headers, "X-Amz-Target");
    String authorization = header(headers, "Authorization");
    if (operations.has(target)) {
      if (!authorization.trim().startsWith("AWS4-")) {
        return NO_TOKEN;
      }
      if (body.length == 0) {
        return NO_BODY;
      }
    }
    try {
      return operations.answer(target, body, Credential.region(authorization));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, () -> target + " failed", e);
      return FAILED;
    }
  }

  private static void send(HttpExchange exchange, int status, Optional<String> type, byte[] body)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(body);
    Headers headers = exchange.getResponseHeaders();
    headers.set("x-amz-crc32", Long.toString(checksum.getValue()));
    type.ifPresent(value -> headers.set("Content-Type", value));
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String header(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  private static Reply error(String type) {
    return new Reply(
        400,
        ("{\"__type\":\"com.amazon.coral.service#" + type + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }
}
