/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Sends requests for one operation with the SDK's credentials, signer and HTTP client, but not
 * through its pipeline, which takes more processor time than all of these. URL and headers are
 * copied from the first request, which the SDK's pipeline builds, so the SDK's rules for endpoints
 * hold.
 *
 * <p>Safe for use by several threads.
 */
final class DirectSender {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The header with the checksum of an answer. */
  static final String CHECKSUM = "x-amz-crc32";

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

  private final SdkHttpClient http;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final SdkHttpRequest template;
  private final String region;
  private final String service;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final Map<ExecutableHttpRequest, Long> onTheirWay = new ConcurrentHashMap<>();

  private DirectSender(
      SdkHttpClient http,
      IdentityProvider<? extends AwsCredentialsIdentity> credentials,
      SdkHttpRequest template,
      String region,
      String service) {
    this.http = http;
    this.credentials = credentials;
    this.template = template;
    this.region = region;
    this.service = service;
  }

  /**
   * Returns a sender that sends like this request; empty when the request is signed in an unknown
   * way.
   */
  static Optional<DirectSender> like(
      SdkHttpRequest signed,
      SdkHttpClient http,
      IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
    Matcher scope = SCOPE.matcher(signed.firstMatchingHeader("Authorization").orElse(""));
    if (!scope.find()) {
      return Optional.empty();
    }
    SdkHttpRequest.Builder template = signed.toBuilder();
    signed.headers().keySet().stream()
        .filter(name -> OF_ONE_REQUEST.contains(name.toLowerCase(Locale.ROOT)))
        .forEach(template::removeHeader);
    return Optional.of(
        new DirectSender(http, credentials, template.build(), scope.group(1), scope.group(2)));
  }

  /**
   * Sends a request once, and returns the body of the answer.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
   */
  byte[] send(EncodedRequest asked) {
    ItemJsonBuffer body = asked.body();
    ContentStreamProvider content = () -> new ByteArrayInputStream(body.array(), 0, body.size());
    SdkHttpRequest request =
        template.toBuilder()
            .putHeader(Header.CONTENT_LENGTH, Integer.toString(body.size()))
            .build();
    AwsCredentialsIdentity identity = identity();
    SignedRequest signed =
        signer.sign(
            r ->
                r.identity(identity)
                    .request(request)
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service));
    ExecutableHttpRequest call =
        http.prepareRequest(
            HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(content))
                .build());
    onTheirWay.put(call, System.nanoTime());
    try {
      asked.goesAs(call);
      HttpExecuteResponse response = call.call();
      byte[] answer = read(response);
      // A successful answer without a body, such as HTTP 204, is recognised by its empty body.
      if (!response.httpResponse().isSuccessful()) {
        throw error(response.httpResponse(), answer);
      }
      return answer;
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
  }

  private AwsCredentialsIdentity identity() {
    try {
      return credentials.resolveIdentity().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SdkException cause ? cause : e;
    }
  }

  private static byte[] read(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return new byte[0];
    }
    byte[] body;
    // Read to the end, so that the connection is reused.
    try (InputStream in = response.responseBody().get()) {
      body = in.readAllBytes();
    }
    checkSum(response.httpResponse().firstMatchingHeader(CHECKSUM), body);
    return body;
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

  private static DynamoDbException error(SdkHttpResponse response, byte[] body) {
    JsonNode error = JSON.missingNode();
    try {
      error = JSON.readTree(body);
    } catch (IOException e) {
      // Perhaps a proxy's page: the status says enough.
    }
    String type = error.path("__type").asText("");
    String code = type.substring(type.lastIndexOf('#') + 1);
    String message = error.path("message").asText(error.path("Message").asText(""));
    DynamoDbException.Builder exception = (DynamoDbException.Builder) DynamoDbException.builder();
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
}
