/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Serves AssumeRole over HTTP in STS's query protocol. Signatures are not checked.
 *
 * <p>Source: the API reference of STS, version 2011-06-15.
 */
public final class StsServer implements AutoCloseable {

  private static final int MAX_BODY = 64 * 1024;
  private static final int OK = 200;

  private final HttpServer server;
  private final Roles roles;

  private StsServer(HttpServer server, Roles roles) {
    this.server = server;
    this.roles = roles;
  }

  /**
   * Starts it; when this returns, it answers requests.
   *
   * @param port 0 for any that is free
   * @throws IOException if it cannot listen
   */
  public static StsServer start(InetAddress address, int port, Roles roles) throws IOException {
    StsServer started =
        new StsServer(HttpServer.create(new InetSocketAddress(address, port), 0), roles);
    started.server.createContext("/", started::answer);
    started.server.start();
    return started;
  }

  /** Gives the port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = UUID.randomUUID().toString();
      int status = OK;
      String answer;
      try {
        answer = respond(exchange, id);
      } catch (StsException e) {
        status = e.status();
        answer = error(e, id);
      }
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.getResponseHeaders().set("x-amzn-RequestId", id);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String respond(HttpExchange exchange, String id) throws IOException {
    Map<String, String> parameters = parameters(exchange.getRequestBody());
    String action = parameters.getOrDefault("Action", "");
    if (!action.equals("AssumeRole")) {
      throw StsException.unknown(action);
    }
    Roles.Session session = roles.assume(parameters);
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(session.life());
    return """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <AssumedRoleUser>
              <AssumedRoleId>AROALOCAL:%s</AssumedRoleId>
              <Arn>%s</Arn>
            </AssumedRoleUser>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId>
              <SecretAccessKey>%s</SecretAccessKey>
              <SessionToken>session%d</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
          </AssumeRoleResult>
          <ResponseMetadata>
            <RequestId>%s</RequestId>
          </ResponseMetadata>
        </AssumeRoleResponse>
        """
        .formatted(
            escaped(session.name()),
            escaped(session.role().session(session.name())),
            escaped(session.role().key().id()),
            escaped(session.role().key().secret()),
            session.number(),
            end,
            id);
  }

  private static Map<String, String> parameters(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw StsException.invalid("the request has more than " + MAX_BODY + " bytes");
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : new String(bytes, UTF_8).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw StsException.invalid("the body is not a form");
    }
  }

  private static String error(StsException e, String id) {
    return """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <Error>
            <Type>Sender</Type>
            <Code>%s</Code>
            <Message>%s</Message>
          </Error>
          <RequestId>%s</RequestId>
        </ErrorResponse>
        """
        .formatted(e.code(), escaped(e.getMessage()), id);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
