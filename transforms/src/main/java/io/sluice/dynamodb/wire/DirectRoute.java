/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import io.sluice.dynamodb.http.Answer;
import io.sluice.dynamodb.http.Connections;
import io.sluice.dynamodb.http.Exchange;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Sends straight to the server, over sockets of its own: see decision 14. */
final class DirectRoute implements Route {
  /** The most connections, one for each request in flight. */
  static final int MAX_CONNECTIONS = 64;

  /** Those of the SDK's client too, which by itself keeps an idle connection for a minute. */
  static final Connections.Limits LIMITS =
      new Connections.Limits(
          MAX_CONNECTIONS, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(1));

  /** Properties that stand for a proxy, or for a client's certificate. */
  private static final Set<String> FOR_THE_SDK =
      Set.of(
          "http.proxyHost",
          "https.proxyHost",
          "socksProxyHost",
          "java.net.useSystemProxies",
          "javax.net.ssl.keyStore");

  private static final Set<String> PROXIES = Set.of("http_proxy", "https_proxy", "all_proxy");

  private final RequestHeads heads;
  private final Connections connections;

  private DirectRoute(RequestHeads heads, Connections connections) {
    this.heads = heads;
    this.connections = connections;
  }

  /**
   * Returns a route for such requests; empty when the SDK's signer or HTTP client may do something
   * that this route does not.
   */
  static Optional<Route> of(SdkRoute.Template template, AwsCredentialsIdentity identity) {
    if (mayNeedSdk(System.getProperties(), System.getenv())) {
      return Optional.empty();
    }
    SdkHttpRequest request = template.request();
    return RequestHeads.like(template, identity)
        .map(
            heads ->
                new DirectRoute(
                    heads,
                    new Connections(
                        new Connections.Server(
                            request.host(), request.port(), tls(request.protocol())),
                        LIMITS,
                        System::nanoTime)));
  }

  /** Whether these settings name a proxy or a client's certificate, whatever they are for. */
  static boolean mayNeedSdk(Properties properties, Map<String, String> environment) {
    return FOR_THE_SDK.stream().anyMatch(name -> properties.getProperty(name) != null)
        || environment.keySet().stream()
            .anyMatch(name -> PROXIES.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable SSLSocketFactory tls(String protocol) {
    if (protocol.equals("http")) {
      return null;
    }
    try {
      // As the SDK's client does: with the certificates that the JVM trusts.
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Call call(ItemJsonBuffer body, AwsCredentialsIdentity identity) {
    byte[] head = heads.of(body, identity, Instant.now());
    Exchange exchange = new Exchange(connections);
    return new Call() {
      @Override
      public Reply send() throws IOException {
        Answer answer = exchange.send(head, body.array(), body.size());
        return new Reply(
            answer.status(),
            answer.first(CHECKSUM),
            answer.first(WireAnswer.DATE),
            answer.body(),
            () -> toSdk(answer));
      }

      @Override
      public void abort() {
        exchange.abort();
      }
    };
  }

  private static SdkHttpResponse toSdk(Answer answer) {
    SdkHttpFullResponse.Builder response = SdkHttpResponse.builder().statusCode(answer.status());
    answer.headers().forEach(header -> response.appendHeader(header.name(), header.value()));
    return response.build();
  }

  @Override
  public void closeIdle() {
    connections.closeIdle();
  }

  @Override
  public void close() {
    connections.close();
  }
}
