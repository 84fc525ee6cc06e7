/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;

/**
 * Checks that the answers which a client of the SDK gets are DynamoDB's. By itself the SDK takes
 * HTTP 200 without a body, or with any JSON object, for an answer without results: nothing was left
 * unprocessed, nothing was found. And it fails for good when a checksum is wrong.
 *
 * <p>An answer that is not DynamoDB's fails with a {@link RetryableException}, so that the client
 * retries the request as often as it is configured to. Only the operations that Sluice calls
 * through the SDK are checked.
 */
public final class AnswerCheck implements ExecutionInterceptor {
  /** Marks a request whose sender checks the answer itself. */
  static final ExecutionAttribute<Boolean> DONE_ELSEWHERE =
      new ExecutionAttribute<>("io.sluice.AnswerCheckedElsewhere");

  private static final JsonFactory JSON = new JsonFactory();

  private static final ExecutionAttribute<Optional<String>> CHECKSUM =
      new ExecutionAttribute<>("io.sluice.Checksum");
  private static final ExecutionAttribute<Long> UNREADABLE_SINCE =
      new ExecutionAttribute<>("io.sluice.UnreadableSince");

  /** The members, all of them objects, that each answer of DynamoDB has. */
  private static final Map<Class<? extends SdkRequest>, Set<String>> MEMBERS =
      Map.of(
          DescribeTableRequest.class, Set.of("Table"),
          CreateTableRequest.class, Set.of("TableDescription"),
          BatchGetItemRequest.class, Set.of("Responses", "UnprocessedKeys"),
          BatchWriteItemRequest.class, Set.of("UnprocessedItems"));

  private final Function<SdkRequest, Duration> patience;

  /** A check for a client whose settings limit the retries. */
  public AnswerCheck() {
    this(request -> Duration.ofSeconds(Long.MAX_VALUE));
  }

  /**
   * A check for a client whose retries take longer than is useful here.
   *
   * @param patience how long such answers may come before a request fails for good
   */
  public AnswerCheck(Function<SdkRequest, Duration> patience) {
    this.patience = patience;
  }

  private static boolean isChecked(
      Context.AfterTransmission context, ExecutionAttributes attributes) {
    return MEMBERS.containsKey(context.request().getClass())
        && context.httpResponse().isSuccessful()
        && attributes.getAttribute(DONE_ELSEWHERE) == null;
  }

  /** Hides the checksum from the SDK, which would not retry an answer that does not match it. */
  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    if (!isChecked(context, attributes)) {
      return response;
    }
    attributes.putAttribute(CHECKSUM, response.firstMatchingHeader(Route.CHECKSUM));
    return response.toBuilder().removeHeader(Route.CHECKSUM).build();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (!isChecked(context, attributes)) {
      return context.responseBody();
    }
    try {
      byte[] body = bodyOf(context);
      DirectSender.checkSum(attributes.getAttribute(CHECKSUM), body);
      check(body, MEMBERS.get(context.request().getClass()));
      return Optional.of(new ByteArrayInputStream(body));
    } catch (UnreadableAnswerException e) {
      throw unreadable(context.request(), attributes, e);
    } catch (IOException e) {
      throw RetryableException.create("no answer from DynamoDB", e);
    }
  }

  private static byte[] bodyOf(Context.ModifyHttpResponse context) throws IOException {
    if (context.responseBody().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = context.responseBody().get()) {
      return in.readAllBytes();
    }
  }

  /**
   * Checks that a body is a whole JSON object that has these members.
   *
   * @throws UnreadableAnswerException when it is not
   */
  static void check(byte[] body, Set<String> members) throws UnreadableAnswerException {
    if (body.length == 0) {
      throw new UnreadableAnswerException("it has no body");
    }
    Set<String> missing = new HashSet<>(members);
    try (JsonParser in = JSON.createParser(body)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          if (in.nextToken() == JsonToken.START_OBJECT) {
            missing.remove(name);
          }
          in.skipChildren();
        }
        if (in.currentToken() == JsonToken.END_OBJECT
            && in.nextToken() == null
            && missing.isEmpty()) {
          return;
        }
      }
    } catch (IOException e) {
      // Jackson's message may repeat contents.
    }
    throw new UnreadableAnswerException("not a response of DynamoDB");
  }

  private SdkClientException unreadable(
      SdkRequest request, ExecutionAttributes attributes, UnreadableAnswerException e) {
    long now = System.nanoTime();
    Long since = attributes.getAttribute(UNREADABLE_SINCE);
    if (since == null) {
      since = now;
      attributes.putAttribute(UNREADABLE_SINCE, now);
    }
    if (Duration.ofNanos(now - since).compareTo(patience.apply(request)) <= 0) {
      return RetryableException.create("no answer from DynamoDB", e);
    }
    // With another cause, since this one would make the client retry.
    String why = what(request) + RequestFailure.againAndAgain(e.reason());
    return SdkClientException.create(why, new IllegalStateException(why));
  }

  private static String what(SdkRequest request) {
    return request instanceof BatchWriteItemRequest write
        ? "The table %s cannot be written: "
            .formatted(String.join(", ", write.requestItems().keySet()))
        : "";
  }
}
