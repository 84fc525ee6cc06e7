/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stand-in for Glue that records requests and returns scripted answers. */
public final class GlueStandIn implements AutoCloseable {
  private static final Answer NOTHING = new Answer(200, "{}");

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

  /** An operation and its body. */
  public record Request(String operation, String body) {}

  /** A status and a body. */
  public record Answer(int status, String body) {
    public static Answer error(String type, String message) {
      return new Answer(400, "{\"__type\":\"%s\",\"Message\":\"%s\"}".formatted(type, message));
    }
  }

  public GlueStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(new Request(target.substring(target.indexOf('.') + 1), body));
    Answer answer = answers.isEmpty() ? NOTHING : answers.remove();
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets the answers to the next requests; later requests are answered by an empty object. */
  public void answer(Answer... next) {
    answers.addAll(List.of(next));
  }

  /** Returns the requests since the last call. */
  public List<Request> requests() {
    List<Request> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
