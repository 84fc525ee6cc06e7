/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before DynamoDB and keeps books: how many puts it passed on for each table, and how many
 * the server took. It can be told to stop answering writes after so many.
 */
final class DynamoDbProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI target;
  private final Map<String, AtomicLong> puts = new ConcurrentHashMap<>();
  private volatile long stallAfter = Long.MAX_VALUE;

  DynamoDbProxy(URI target) {
    this.target = target;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** How many puts into a table DynamoDB answered as taken, repetitions included. */
  long puts(String table) {
    return putsOf(table).get();
  }

  /** From this many puts of a table on, writes are taken but never answered. */
  void stallAfter(long puts) {
    stallAfter = puts;
  }

  private AtomicLong putsOf(String table) {
    return puts.computeIfAbsent(table, t -> new AtomicLong());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      for (String header : new String[] {"X-Amz-Target", "Content-Type", "Authorization"}) {
        request.header(header, exchange.getRequestHeaders().getFirst(header));
      }
      request.header("X-Amz-Date", exchange.getRequestHeaders().getFirst("X-Amz-Date"));
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      boolean write =
          exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("BatchWriteItem");
      if (write && response.statusCode() == 200 && count(body) > stallAfter) {
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Books the puts of a request; how many there are by now of the table that has most. */
  private long count(byte[] body) throws IOException {
    long most = 0;
    for (Map.Entry<String, JsonNode> table : JSON.readTree(body).get("RequestItems").properties()) {
      most = Math.max(most, putsOf(table.getKey()).addAndGet(table.getValue().size()));
    }
    return most;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
