/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;

/**
 * Sends requests for one operation with the SDK's credentials, but not through its pipeline, which
 * takes more processor time than all else. URL and headers are copied from the first request, which
 * the SDK's pipeline builds, so the SDK's rules for endpoints hold. The SDK's signer and HTTP
 * client are used where a {@link DirectRoute} may not do.
 *
 * <p>Safe for use by several threads.
 */
final class DirectSender implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** "Credential=KEY/20260131/us-east-1/dynamodb/aws4_request", as signed by the SDK. */
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^,]+/\\d{8}/([^/,]+)/([^/,]+)/aws4_request");

  /** The headers that differ from request to request. */
  private static final Set<String> OF_ONE_REQUEST =
      Set.of(
          "authorization",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256",
          "amz-sdk-invocation-id",
          "amz-sdk-request",
          "content-length",
          "host");

  private final Route route;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final Map<Route.Call, Long> onTheirWay = new ConcurrentHashMap<>();

  private DirectSender(
      Route route, IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
    this.route = route;
    this.credentials = credentials;
  }

  /**
   * Returns a sender that sends like this request; empty when the request is signed in an unknown
   * way, or when there are no credentials at the moment.
   */
  static Optional<DirectSender> like(
      SdkHttpRequest signed,
      SdkHttpClient http,
      IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
    Matcher scope = SCOPE.matcher(signed.firstMatchingHeader("Authorization").orElse(""));
    if (!scope.find()) {
      return Optional.empty();
    }
    SdkHttpRequest.Builder request = signed.toBuilder();
    signed.headers().keySet().stream()
        .filter(name -> OF_ONE_REQUEST.contains(name.toLowerCase(Locale.ROOT)))
        .forEach(request::removeHeader);
    SdkRoute.Template template =
        new SdkRoute.Template(request.build(), scope.group(1), scope.group(2));
    AwsCredentialsIdentity identity;
    try {
      identity = identity(credentials);
    } catch (RuntimeException e) {
      // The request was answered: the next one may find credentials again.
      return Optional.empty();
    }
    Route route = DirectRoute.of(template, identity).orElseGet(() -> new SdkRoute(http, template));
    return Optional.of(new DirectSender(route, credentials));
  }

  /**
   * Sends a request once, and returns the answer.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
   */
  WireAnswer send(EncodedRequest asked) {
    Route.Call call = route.call(asked.body(), identity(credentials));
    onTheirWay.put(call, System.nanoTime());
    try {
      asked.goesAs(call);
      Route.Reply reply = call.send();
      checkSum(reply.checksum(), reply.body());
      // A successful answer without a body, such as HTTP 204, is recognised by its empty body.
      if (!reply.isSuccessful()) {
        throw error(reply.response().get(), reply.body());
      }
      return new WireAnswer(reply.body(), reply.date());
    } catch (IOException e) {
      throw UnreadableAnswerException.noAnswer(e);
    } finally {
      onTheirWay.remove(call);
    }
  }

  /** Aborts requests older than this: a stalled or trickling response would otherwise never end. */
  void abortOlderThan(long nanos) {
    long now = System.nanoTime();
    onTheirWay.forEach(
        (call, since) -> {
          if (now - since > nanos) {
            call.abort();
          }
        });
    route.closeIdle();
  }

  /** Aborts all requests and closes the connections. */
  @Override
  public void close() {
    route.close();
    onTheirWay.keySet().forEach(Route.Call::abort);
  }

  /**
   * Asks for credentials.
   *
   * @throws SdkException when there are none
   */
  static AwsCredentialsIdentity identity(
      IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
    try {
      return credentials.resolveIdentity().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SdkException cause ? cause : e;
    }
  }

  /** Compares a body with the checksum that DynamoDB sent with it. */
  static void checkSum(Optional<String> expected, byte[] body) throws IOException {
    if (expected.isPresent()) {
      CRC32 crc = new CRC32();
      crc.update(body);
      if (!expected.get().equals(Long.toString(crc.getValue()))) {
        throw new UnreadableAnswerException("it was damaged on its way");
      }
    }
  }

  /** Makes the exception that the SDK would make of an answer that is an error. */
  static DynamoDbException error(SdkHttpResponse response, byte[] body) {
    JsonNode error = JSON.missingNode();
    try {
      error = JSON.readTree(body);
    } catch (IOException e) {
      // Perhaps a proxy's page: the status says enough.
    }
    String type = error.path("__type").asText("");
    String code = type.substring(type.lastIndexOf('#') + 1);
    String message = error.path("message").asText(error.path("Message").asText(""));
    DynamoDbException.Builder exception = builder(code, reasons(error));
    return (DynamoDbException)
        exception
            .statusCode(response.statusCode())
            .requestId(response.firstMatchingHeader("x-amzn-RequestId").orElse(null))
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage(message)
                    .serviceName("DynamoDb")
                    // The SDK detects a wrong clock by the answer's date.
                    .sdkHttpResponse(response)
                    .build())
            .build();
  }

  /** Begins an exception of the type that can say why a request was throttled. */
  private static DynamoDbException.Builder builder(String code, List<ThrottlingReason> reasons) {
    return switch (code) {
      case "ProvisionedThroughputExceededException" ->
          ProvisionedThroughputExceededException.builder().throttlingReasons(reasons);
      case "ThrottlingException" -> ThrottlingException.builder().throttlingReasons(reasons);
      case "RequestLimitExceeded" ->
          RequestLimitExceededException.builder().throttlingReasons(reasons);
      default -> (DynamoDbException.Builder) DynamoDbException.builder();
    };
  }

  /** Reads the reasons of a throttled request, in both spellings that the API's model has. */
  private static List<ThrottlingReason> reasons(JsonNode error) {
    List<ThrottlingReason> reasons = new ArrayList<>();
    for (String name : List.of("throttlingReasons", "ThrottlingReasons")) {
      for (JsonNode reason : error.path(name)) {
        reasons.add(
            ThrottlingReason.builder()
                .reason(reason.path("reason").asText())
                .resource(reason.path("resource").asText())
                .build());
      }
    }
    return reasons;
  }
}
