/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Speaks HTTP as odd clients do. */
class ProtocolTest {

  private static final String ANSWER = "{\"TableNames\":[]}";

  private DynamoDbHttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        DynamoDbHttpServer.start(
            new Operations(new Tables(InstantSource.system())),
            HttpSettings.local(0, 1)
                .with(
                    (method, path, type, body) ->
                        path.equals("/own")
                            ? Optional.of(new Reply(200, (method + body.length).getBytes(UTF_8)))
                            : Optional.empty()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keepsConnections() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.request("{}").readTo(ANSWER);
      client.request("{}").readTo(ANSWER);
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.request("{}").request("[").request("{}");
      assertThat(client.readTo(ANSWER), startsWith("HTTP/1.1 200"));
      assertThat(client.readTo("#SerializationException\"}"), containsString("HTTP/1.1 400"));
      assertThat(client.readTo(ANSWER), containsString("HTTP/1.1 200"));
    }
  }

  @Test
  void takesBodiesInChunks() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(RawClient.HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
      client.send("1\r\n}\r\n0\r\n\r\n").readTo(ANSWER);
    }
  }

  @Test
  void tellsClientsThatWaitToContinue() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(RawClient.HEAD + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      client.readTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("{}").readTo(ANSWER);
    }
  }

  @Test
  void refusesTheLengthOfABodyThatIsTooLarge() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(RawClient.HEAD + "Content-Length: " + (RequestBody.MAX_BYTES + 1L) + "\r\n\r\n");
      assertThat(client.readAll(), startsWith("HTTP/1.1 413"));
    }
  }

  @Test
  void refusesChunksThatAreTooLargeTogether() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(RawClient.HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
      for (int i = 0; i < RequestBody.MAX_BYTES >> 20; i++) {
        client.send(chunk);
      }
      client.send("1\r\n");
      assertThat(client.send(" \r\n").readTo("\r\n"), is("HTTP/1.1 413 Payload Too Large\r\n"));
    }
  }

  @Test
  void survivesClientsThatBreakOff() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = new RawClient(server)) {
        client.send(RawClient.HEAD + "Content-Length: 9\r\n\r\n{");
      }
      try (RawClient client = new RawClient(server)) {
        client.request("{}");
      }
    }
    try (RawClient client = new RawClient(server)) {
      client.request("{}").readTo(ANSWER);
    }
  }

  @Test
  void waitsForTheRestOfARequestWithoutAThread() throws Exception {
    try (RawClient slow = new RawClient(server);
        RawClient quick = new RawClient(server)) {
      slow.send(RawClient.HEAD + "Content-Length: 2\r\n\r\n{");
      quick.request("{}").readTo(ANSWER);
      slow.send("}").readTo(ANSWER);
    }
  }

  @Test
  void hasPagesOfOthers() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("PUT /own HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
      client.readTo("PUT3");
    }
  }

  @Test
  void listensWhereItIsTold() throws Exception {
    InetAddress address = InetAddress.getByName("127.0.0.2");
    assumeTrue(exists(address), "this system has one loopback address only");
    try (DynamoDbHttpServer elsewhere =
        DynamoDbHttpServer.start(
            new Operations(new Tables(InstantSource.system())),
            HttpSettings.local(0, 1).on(address))) {
      assertThrows(IOException.class, () -> new RawClient(elsewhere).close());
    }
  }

  private static boolean exists(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void doesNotShareItsPort() {
    assertThrows(
        IOException.class,
        () ->
            DynamoDbHttpServer.start(
                new Operations(new Tables(InstantSource.system())), server.port(), 1));
  }
}
