/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.localaws.dynamodb.DynamoDb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3ServerTest {

  /** Sends everything to a proxy that is not there. */
  private static final class Elsewhere extends ProxySelector {

    private final int port;

    Elsewhere(int port) {
      this.port = port;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          new Proxy(
              Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  @Test
  void asksItselfWithoutAProxy() throws Exception {
    S3Server server = LocalServers.startS3();
    ProxySelector before = ProxySelector.getDefault();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      taken.close();
      ProxySelector.setDefault(new Elsewhere(port));
      S3Server.refuseStranger(server.endpoint());
    } finally {
      ProxySelector.setDefault(before);
      server.stop();
    }
  }

  @Test
  void saysInALineThatItDoesNotRefuse() {
    try (DynamoDb other = DynamoDb.start()) {
      StartException failure =
          assertThrows(StartException.class, () -> S3Server.refuseStranger(other.endpoint()));
      assertThat(
          failure.getMessage(), is("S3 answers a request without credentials with HTTP 200"));
      assertThat(failure.exitCode(), is(1));
    }
  }

  @Test
  void saysInALineThatItDoesNotAnswer() {
    DynamoDb stopped = DynamoDb.start();
    URI endpoint = stopped.endpoint();
    stopped.close();
    StartException failure =
        assertThrows(StartException.class, () -> S3Server.refuseStranger(endpoint));
    assertThat(failure.getMessage(), startsWith("S3 does not answer at " + endpoint + " ("));
  }

  @Test
  void listensOnAnAddressOfVersion6() throws Exception {
    assumeTrue(hasVersion6(), "this system has no loopback address of version 6");
    Options options = Options.parse("--bind=::1", "--inMemory", "--s3Port=0", "--dynamodbPort=0");
    S3Server server = S3Server.start(options);
    try {
      assertThat(server.endpoint().getHost(), is("[0:0:0:0:0:0:0:1]"));
      DynamoDbServer dynamodb = DynamoDbServer.start(options, server.buckets());
      assertThat(dynamodb.endpoint().getHost(), is("[0:0:0:0:0:0:0:1]"));
      dynamodb.stop();
    } finally {
      server.stop();
    }
  }

  private static boolean hasVersion6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
