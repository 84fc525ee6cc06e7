/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import io.sluice.localaws.dynamodb.service.Responder;
import io.sluice.localaws.dynamodb.service.Traffic;
import java.io.IOException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves DynamoDB over HTTP/1.1.
 *
 * <p>Each thread reads requests from connections of its own and answers them itself, without a
 * second thread: most requests take less time than it takes to hand them over. Answers that are
 * held back hold no thread.
 */
public final class DynamoDbHttpServer implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final int BUFFER_BYTES = 32 * 1024;

  /** Counts the threads that do what is left besides requests. */
  private static final int SPARE_THREADS = 2;

  /** Is longer than clients keep connections that they do not use. */
  private static final long IDLE_MILLIS = 300_000;

  private final Server server;
  private final ServerConnector connector;

  private DynamoDbHttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to serve on the loopback address.
   *
   * @param port 0 for any that is free
   * @param threads how many requests are answered at the same time, at least 1
   * @throws IOException if it cannot listen
   */
  public static DynamoDbHttpServer start(Responder responder, int port, int threads)
      throws IOException {
    return start(responder, HttpSettings.local(port, threads));
  }

  /**
   * Starts to serve.
   *
   * @throws IOException if it cannot listen
   */
  public static DynamoDbHttpServer start(Responder responder, HttpSettings settings)
      throws IOException {
    QueuedThreadPool threads =
        new QueuedThreadPool(settings.threads() + SPARE_THREADS, settings.threads());
    threads.setName("dynamodb");
    threads.setReservedThreads(0);
    // Otherwise it waits for requests in progress, some of which may be held back.
    threads.setStopTimeout(0);
    Server server = new Server(threads);
    server.setStopTimeout(0);
    ServerConnector connector = new ServerConnector(server, 0, settings.threads(), connections());
    connector.setHost(settings.address().getHostAddress());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.addBean(new Connections(settings.traffic()));
    server.addConnector(connector);
    server.setHandler(new RequestHandler(responder, settings));
    connector.open();
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("cannot start to serve HTTP", e);
    }
    return new DynamoDbHttpServer(server, connector);
  }

  /** Tells of connections. */
  private record Connections(Traffic traffic) implements Connection.Listener {

    @Override
    public void onOpened(Connection connection) {
      traffic.connected();
    }

    @Override
    public void onClosed(Connection connection) {
      traffic.disconnected();
    }
  }

  private static HttpConnectionFactory connections() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    HttpConnectionFactory connections = new HttpConnectionFactory(configuration);
    // Most requests fit, head and body, so that they are read at once.
    connections.setInputBufferSize(BUFFER_BYTES);
    return connections;
  }

  /** Gives the port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Stops at once; requests in progress get no answer. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop to serve HTTP", e);
    }
  }
}
