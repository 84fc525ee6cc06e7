/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are aborted. */
@Timeout(60)
class ExchangeTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final byte[] HEAD = "POST / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1);
  private static final Duration LONG = Duration.ofSeconds(50);

  private static Connections to(RawServer server) {
    return new Connections(
        new Connections.Server("localhost", server.port(), null),
        new Connections.Limits(4, LONG, LONG, LONG),
        System::nanoTime);
  }

  private static String send(Connections connections) throws IOException {
    return send(new Exchange(connections));
  }

  private static String send(Exchange exchange) throws IOException {
    return new String(exchange.send(HEAD, new byte[0], 0).body(), ISO_8859_1);
  }

  @Test
  void aRequestIsAbortedFromAnotherThread() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                peer -> {
                  peer.hears();
                  heard.countDown();
                  peer.hears();
                });
        Connections connections = to(server)) {
      Exchange exchange = new Exchange(connections);
      ExecutorService threads = Executors.newSingleThreadExecutor();
      Future<?> aborter =
          threads.submit(
              () -> {
                heard.await();
                exchange.abort();
                return null;
              });
      assertThrows(SocketException.class, () -> send(exchange));
      aborter.get();
      threads.shutdown();
    }
  }

  @Test
  void aRequestThatWasAbortedBeforeIsNotSent() throws IOException {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      send(connections);
      for (int i = 0; i < 10; i++) {
        Exchange exchange = new Exchange(connections);
        exchange.abort();
        assertThrows(SocketException.class, () -> send(exchange));
      }
      assertThat(send(connections), is("ok"));
      assertThat(server.requests().size(), is(2));
    }
  }

  @Test
  void anAbortAfterTheAnswerDoesNotTouchTheNextRequest() throws IOException {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      Exchange exchange = new Exchange(connections);
      send(exchange);
      exchange.abort();
      assertThat(send(connections), is("ok"));
      assertThat(server.connections(), is(1));
    }
  }
}
