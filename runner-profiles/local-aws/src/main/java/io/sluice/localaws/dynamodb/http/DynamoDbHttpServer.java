/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import com.sun.net.httpserver.HttpServer;
import io.sluice.localaws.dynamodb.service.Operations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves DynamoDB over HTTP to clients on this machine. */
public final class DynamoDbHttpServer implements AutoCloseable {

  private static final int BACKLOG = 128;

  static {
    // Head and body leave separately, and would wait for each other's acknowledgement otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private DynamoDbHttpServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve on the loopback address.
   *
   * @param port 0 for any that is free
   * @param threads how many requests are answered at the same time, at least 1
   */
  public static DynamoDbHttpServer start(Operations operations, int port, int threads)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    server.setExecutor(pool);
    server.createContext("/", new RequestHandler(operations));
    server.start();
    return new DynamoDbHttpServer(server, pool);
  }

  /** Gives the port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once; requests in progress get no answer. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
