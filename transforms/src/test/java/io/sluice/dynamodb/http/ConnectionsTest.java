/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionsTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final AtomicLong clock = new AtomicLong();

  private Connections to(RawServer server) {
    return to(server, new Connections.Limits(4, LONG, LONG, LONG));
  }

  private Connections to(RawServer server, Connections.Limits limits) {
    return new Connections(
        new Connections.Server("localhost", server.port(), null), limits, clock::get);
  }

  private static byte[] head(int length) {
    return "POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n".formatted(length).getBytes(ISO_8859_1);
  }

  private static String send(Connections connections) throws IOException {
    return send(new Exchange(connections));
  }

  private static String send(Exchange exchange) throws IOException {
    byte[] body = "body and more".getBytes(ISO_8859_1);
    return new String(exchange.send(head(4), body, 4).body(), ISO_8859_1);
  }

  @Test
  void oneRequestAfterTheOtherTakesTheSameConnection() throws IOException {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      for (int i = 0; i < 10; i++) {
        assertThat(send(connections), is("ok"));
      }
      assertThat(server.connections(), is(1));
      assertThat(server.requests().get(9), is(new String(head(4), ISO_8859_1) + "body"));
    }
  }

  @Test
  void bodiesOfAllLengthsArrive() throws IOException {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      List<String> sent = new ArrayList<>();
      for (int length : new int[] {0, 1, 16_000, 40_000, 65_000, 66_000, 3_000_000}) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ('a' + sent.size()));
        new Exchange(connections).send(head(length), body, length);
        sent.add(new String(head(length), ISO_8859_1) + new String(body, ISO_8859_1));
      }
      assertThat(server.requests().equals(sent), is(true));
      assertThat(server.connections(), is(1));
    }
  }

  @Test
  void aConnectionIsNotKeptWhenTheServerSaysSo() throws IOException {
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
        Connections connections = to(server)) {
      send(connections);
      send(connections);
      assertThat(server.connections(), is(2));
    }
  }

  @Test
  void thereAreNoMoreConnectionsThanAllowed() throws Exception {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      List<Callable<String>> requests = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        requests.add(() -> send(connections));
      }
      ExecutorService threads = Executors.newFixedThreadPool(16);
      for (Future<String> answer : threads.invokeAll(requests)) {
        assertThat(answer.get(), is("ok"));
      }
      threads.shutdown();
      assertThat(server.requests().size(), is(200));
      assertThat(server.connections(), is(lessThanOrEqualTo(4)));
    }
  }

  @Test
  void aServerThatIsSilentFailsTheRequest() throws IOException {
    try (RawServer server =
            new RawServer(
                peer -> {
                  peer.hears();
                  peer.say(ANSWER.substring(0, 20));
                  peer.hears();
                });
        Connections connections = to(server, new Connections.Limits(1, LONG, SHORT, LONG))) {
      assertThrows(SocketTimeoutException.class, () -> send(connections));
      assertThrows(SocketTimeoutException.class, () -> send(connections));
      assertThat("a new one for each", server.connections(), is(2));
    }
  }

  @Test
  void aRequestFailsWhenTheServerHangsUp() throws IOException {
    try (RawServer server = new RawServer(RawServer.Peer::hears);
        Connections connections = to(server)) {
      assertThrows(EOFException.class, () -> send(connections));
    }
  }

  @Test
  void aRequestFailsWhenNobodyListens() throws IOException {
    // Bound, so that nobody else gets the port.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Connections connections =
          new Connections(
              new Connections.Server("127.0.0.1", bound.getLocalPort(), null),
              new Connections.Limits(4, LONG, LONG, LONG),
              clock::get);
      for (int i = 0; i < 10; i++) {
        assertThrows(ConnectException.class, () -> send(connections));
      }
    }
  }

  /** A server that answers one request of a connection, and then hangs up without a word. */
  private static RawServer hangingUp(CountDownLatch hungUp) throws IOException {
    return new RawServer(
        peer -> {
          peer.hears();
          peer.say(ANSWER);
          peer.hangUp();
          hungUp.countDown();
        });
  }

  @Test
  void aConnectionThatWasClosedMeanwhileIsNoticed() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (RawServer server = hangingUp(hungUp);
        Connections connections = to(server)) {
      send(connections);
      hungUp.await();
      clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
      assertThat(send(connections), is("ok"));
      assertThat(server.connections(), is(2));
    }
  }

  @Test
  void aConnectionThatWasClosedJustNowFailsOneRequest() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (RawServer server = hangingUp(hungUp);
        Connections connections = to(server)) {
      send(connections);
      hungUp.await();
      assertThrows(IOException.class, () -> send(connections));
      assertThat(send(connections), is("ok"));
      assertThat(server.connections(), is(2));
    }
  }

  @Test
  void aConnectionThatIsOpenIsUsedAfterAPause() throws IOException {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      send(connections);
      clock.addAndGet(LONG.toNanos() - 1);
      send(connections);
      assertThat(server.connections(), is(1));
    }
  }

  @Test
  void aConnectionIsNotUsedAfterALongPause() throws IOException {
    try (RawServer server = RawServer.answering(ANSWER);
        Connections connections = to(server)) {
      send(connections);
      clock.addAndGet(LONG.toNanos());
      send(connections);
      assertThat(server.connections(), is(2));
    }
  }

  @Test
  void aConnectionIsClosedAfterALongPause() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                peer -> {
                  while (peer.hears()) {
                    peer.say(ANSWER.replace("OK\r\n", "OK\r\nKeep-Alive: timeout=5\r\n"));
                  }
                  ended.countDown();
                });
        Connections connections = to(server)) {
      send(connections);
      clock.addAndGet(TimeUnit.SECONDS.toNanos(4));
      connections.closeIdle();
      send(connections);
      assertThat(server.connections(), is(1));
      clock.addAndGet(TimeUnit.SECONDS.toNanos(5));
      connections.closeIdle();
      ended.await();
    }
  }

  @Test
  void nothingIsSentAfterTheEnd() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              while (peer.hears()) {
                peer.say(ANSWER);
              }
              ended.countDown();
            })) {
      Connections connections = to(server);
      send(connections);
      connections.close();
      ended.await();
      assertThrows(IOException.class, () -> send(connections));
      assertThat(server.connections(), is(1));
    }
  }
}
