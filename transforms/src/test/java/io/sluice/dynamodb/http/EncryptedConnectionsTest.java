/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections over TLS, to a server whose certificate is made here. */
@Timeout(60)
class EncryptedConnectionsTest {
  private static final String PASSWORD = "password";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Connections.Limits LIMITS =
      new Connections.Limits(
          2, Duration.ofSeconds(50), Duration.ofSeconds(50), Duration.ofSeconds(50));

  @TempDir Path folder;

  /**
   * Makes a certificate for a host, and what a server needs to show it and a client to trust it.
   */
  private SSLContext certified(String host) throws Exception {
    Path file = folder.resolve(host + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                host,
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=dns:" + host)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(output, keytool.waitFor(), is(0));
    return context(file);
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    String alias = store.aliases().nextElement();
    trusted.setCertificateEntry(alias, store.getCertificate(alias));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static RawServer server(SSLContext context) throws IOException {
    return new RawServer(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        peer -> {
          while (peer.hears()) {
            peer.say(ANSWER);
          }
        });
  }

  private static Connections to(RawServer server, SSLSocketFactory tls) {
    return new Connections(
        new Connections.Server("localhost", server.port(), tls), LIMITS, System::nanoTime);
  }

  private static String send(Connections connections) throws IOException {
    byte[] body = "x".repeat(100_000).getBytes(ISO_8859_1);
    byte[] head = "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n".getBytes(ISO_8859_1);
    return new String(new Exchange(connections).send(head, body, body.length).body(), ISO_8859_1);
  }

  @Test
  void requestsAreEncrypted() throws Exception {
    SSLContext context = certified("localhost");
    try (RawServer server = server(context);
        Connections connections = to(server, context.getSocketFactory())) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(connections), is("ok"));
      }
      assertThat(server.connections(), is(1));
      assertThat(server.requests().size(), is(3));
    }
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    SSLContext context = certified("elsewhere.example");
    try (RawServer server = server(context);
        Connections connections = to(server, context.getSocketFactory())) {
      assertThrows(SSLException.class, () -> send(connections));
      assertThat(server.requests().size(), is(0));
    }
  }

  @Test
  void anUnknownCertificateIsRefused() throws Exception {
    try (RawServer server = server(certified("localhost"));
        Connections connections = to(server, SSLContext.getDefault().getSocketFactory())) {
      assertThrows(SSLException.class, () -> send(connections));
      assertThat(server.requests().size(), is(0));
    }
  }
}
