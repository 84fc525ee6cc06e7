/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import io.sluice.localaws.dynamodb.service.Outcome;
import io.sluice.localaws.dynamodb.service.Pages;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.service.Responder;
import io.sluice.localaws.dynamodb.service.Traffic;
import io.sluice.localaws.dynamodb.signature.SignatureCheck;
import io.sluice.localaws.dynamodb.signature.SignedRequest;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers HTTP requests as the service does, whatever their signature unless that is checked. On
 * the loopback address, requests to the names of others are refused, see {@link Hosts}.
 */
final class RequestHandler extends Handler.Abstract.NonBlocking {

  private static final System.Logger LOG = System.getLogger(RequestHandler.class.getName());
  private static final String AWS_JSON = "application/x-amz-json-1.0";
  private static final String AWS_JSON_1_1 = "application/x-amz-json-1.1";
  private static final String JSON = "application/json";
  private static final byte[] NOT_AWS =
      "<UnknownOperationException/>\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEALTHY =
      ("healthy: dynamodb." + Credential.DEFAULT_REGION + ".amazonaws.com ")
          .getBytes(StandardCharsets.UTF_8);
  private static final Outcome NO_TOKEN =
      error(
          DynamoDbException.of(
              "MissingAuthenticationTokenException", "Request is missing Authentication Token"));
  private static final Outcome NO_BODY = error(DynamoDbException.serialization(null));
  private static final Outcome OTHER_HOST =
      error(
          DynamoDbException.of(
              "AccessDeniedException",
              "The Host of a request to the loopback address must be an IP address, localhost, or "
                  + "the name that this server was bound to (--bind=NAME)"));
  private static final Outcome FAILED = error(DynamoDbException.internal(null));

  private final Responder responder;
  private final Hosts hosts;
  private final Pages pages;
  private final Optional<SignatureCheck> signatures;
  private final Traffic traffic;
  private final Optional<InstantSource> clock;

  RequestHandler(Responder responder, HttpSettings settings) {
    this.responder = responder;
    this.hosts = new Hosts(settings.address());
    this.pages = settings.pages();
    this.signatures = settings.signatures();
    this.traffic = settings.traffic();
    this.clock = settings.clock();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RequestBody.read(
        request,
        body -> answer(request, body, new Delivery(request, response, callback, clock)),
        failure -> fail(response, callback, failure));
    return true;
  }

  private void fail(Response response, Callback callback, Throwable failure) {
    if (failure instanceof RequestBody.TooLarge) {
      response.setStatus(413);
      response.getHeaders().put("x-amzn-RequestId", RequestIds.next());
      // The rest of the body is not read.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      response.write(true, null, callback);
    } else {
      callback.failed(failure);
    }
  }

  private void answer(Request request, byte[] body, Delivery delivery) {
    if (!request.getHeaders().getValuesList("Host").stream().allMatch(hosts::has)) {
      delivery.send(OTHER_HOST, Optional.of(JSON));
      return;
    }
    String method = request.getMethod();
    String type = mediaType(header(request, "Content-Type"));
    Optional<Reply> page = pages.answer(method, request.getHttpURI().getPath(), type, body);
    if (page.isPresent()) {
      delivery.send(Outcome.of(page.get()), Optional.of(JSON));
    } else if (method.equals("GET")) {
      delivery.send(Outcome.of(new Reply(200, HEALTHY)), Optional.empty());
    } else {
      boolean known = type.equals(AWS_JSON) || type.equals(AWS_JSON_1_1) || type.equals(JSON);
      if (!method.equals("POST") || body.length > 0 && !known) {
        delivery.send(Outcome.of(new Reply(404, NOT_AWS)), Optional.empty());
      } else {
        traffic.began();
        delivery.endsWith(traffic::ended);
        delivery.send(answer(request, body), Optional.of(known ? type : JSON));
      }
    }
  }

  private Outcome answer(Request request, byte[] body) {
    String target = header(request, "X-Amz-Target");
    String authorization = header(request, "Authorization");
    if (responder.has(target)) {
      if (!authorization.trim().startsWith("AWS4-")) {
        return NO_TOKEN;
      }
      if (signatures.isPresent()) {
        try {
          signatures.get().check(signed(request, body));
        } catch (DynamoDbException e) {
          return error(e);
        }
      }
      if (body.length == 0) {
        return NO_BODY;
      }
    }
    try {
      return responder.respond(target, body, Credential.region(authorization));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, () -> target + " failed", e);
      return FAILED;
    }
  }

  /** Drops the parameters of a Content-Type, a charset for example. */
  private static String mediaType(String type) {
    int parameters = type.indexOf(';');
    return parameters < 0 ? type : type.substring(0, parameters).trim();
  }

  private static String header(Request request, String name) {
    HttpField field = request.getHeaders().getField(name);
    return field == null ? "" : field.getValue();
  }

  private static SignedRequest signed(Request request, byte[] body) {
    HttpURI uri = request.getHttpURI();
    return new SignedRequest(
        request.getMethod(),
        uri.getPath(),
        uri.getQuery() == null ? "" : uri.getQuery(),
        request.getHeaders()::getValuesList,
        body);
  }

  private static Outcome error(DynamoDbException error) {
    return Outcome.of(Reply.json(error.status(), error::write));
  }
}
