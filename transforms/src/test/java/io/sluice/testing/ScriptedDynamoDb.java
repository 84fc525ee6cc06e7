/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An endpoint that answers what it is told to, whether or not DynamoDB would: for each operation
 * one answer after the other, the last of them again and again.
 */
public final class ScriptedDynamoDb implements AutoCloseable {
  /** That there is no such table. */
  public static final Answer NO_TABLE =
      new Answer(
          400,
          "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
              + "\"message\":\"Requested resource not found\"}",
          null);

  /** That all items of a batch are written. */
  public static final Answer ALL_WRITTEN = Answer.of("{\"UnprocessedItems\":{}}");

  /**
   * An answer.
   *
   * @param checksum what the header says that it is; null for no such header
   */
  public record Answer(int status, String body, @Nullable Long checksum) {
    /** A good one, whose checksum is right. */
    public static Answer of(String body) {
      CRC32 crc = new CRC32();
      crc.update(body.getBytes(UTF_8));
      return new Answer(200, body, crc.getValue());
    }
  }

  private final Map<String, ArrayDeque<Answer>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final HttpServer server;

  private ScriptedDynamoDb(HttpServer server) {
    this.server = server;
  }

  /** Starts an endpoint on loopback. */
  public static ScriptedDynamoDb start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ScriptedDynamoDb scripted = new ScriptedDynamoDb(server);
      server.createContext("/", scripted::answer);
      server.start();
      return scripted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** The description of an on-demand table with the partition key {@code id:S}, in this state. */
  public static String table(String state) {
    return "{\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
        + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
        + "\"TableStatus\":\""
        + state
        + "\"}";
  }

  /** What DescribeTable says of {@link #table}. */
  public static Answer described(String state) {
    return Answer.of("{\"Table\":" + table(state) + "}");
  }

  /** Answers an operation so, in place of what was said before. */
  public synchronized void answer(String operation, List<Answer> script) {
    answers.put(operation, new ArrayDeque<>(script));
  }

  /** How often an operation was asked for. */
  public synchronized long asked(String operation) {
    return asked.stream().filter(operation::equals).count();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target.substring(target.indexOf('.') + 1);
    asked.add(operation);
    ArrayDeque<Answer> left = answers.getOrDefault(operation, new ArrayDeque<>(List.of(NO_TABLE)));
    Answer answer = left.size() > 1 ? left.remove() : left.element();
    byte[] body = answer.body().getBytes(UTF_8);
    if (answer.checksum() != null) {
      exchange.getResponseHeaders().add("x-amz-crc32", Long.toString(answer.checksum()));
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
