/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.Tables;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8000",
        "127.0.0.1",
        "192.168.0.7:1",
        "[::1]",
        "[fe80::1%eth0]:8000",
        "[::ffff:1.2.3.4]:80",
        "Build.example",
        "build.example:8000",
      })
  void hasAddressesAndItsOwnNames(String host) throws Exception {
    assertThat(new Hosts(InetAddress.getByAddress("build.example", LOOPBACK)).has(host), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8000",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "1.2.3.4:80:evil.example",
        "[evil.example]",
        "[::1].evil.example",
        "::1",
      })
  void hasNoOthers(String host) throws Exception {
    assertThat(new Hosts(InetAddress.getByAddress(LOOPBACK)).has(host), is(false));
  }

  @Test
  void hasAnyNameOfAnAddressForOtherMachines() throws Exception {
    for (byte[] address : new byte[][] {{0, 0, 0, 0}, {10, 0, 0, 1}}) {
      assertThat(new Hosts(InetAddress.getByAddress(address)).has("dynamodb:8000"), is(true));
    }
  }

  @Test
  void keepsPagesOfTheWebFromDynamoDbAndFromPages() throws Exception {
    try (DynamoDbHttpServer server =
        DynamoDbHttpServer.start(
            new Operations(new Tables(InstantSource.system())),
            HttpSettings.local(0, 1)
                .with(
                    (method, path, type, body) ->
                        path.equals("/own")
                            ? Optional.of(new Reply(200, new byte[0]))
                            : Optional.empty()))) {
      String head = RawClient.HEAD + "Content-Length: 2\r\n\r\n{}";
      for (String request : new String[] {head, head.replace("POST /", "POST /own")}) {
        try (RawClient client = new RawClient(server)) {
          String answer =
              client
                  .send(request.replace("Host: localhost", "Host: evil.example"))
                  .readTo("(--bind=NAME)");
          assertThat(answer, startsWith("HTTP/1.1 400"));
          assertThat(answer, containsString("com.amazon.coral.service#AccessDeniedException"));
        }
        try (RawClient client = new RawClient(server)) {
          String port = "Host: 127.0.0.1:" + server.port();
          client.send(request.replace("Host: localhost", port)).readTo("HTTP/1.1 200");
        }
      }
    }
  }
}
