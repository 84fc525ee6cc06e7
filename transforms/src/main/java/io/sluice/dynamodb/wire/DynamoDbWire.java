/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import io.sluice.item.json.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Sends requests for one operation whose bodies are already encoded, and returns the answers as
 * they come.
 *
 * <p>The first request, and whatever is sent again, goes through the SDK's whole pipeline: it
 * marshals an empty request, whose body is replaced by ours before the signature, and unmarshals an
 * empty answer. So clock skew, endpoints and anything else that can be learned from an error is
 * left to the SDK. The other requests take the shorter way of a {@link DirectSender}.
 */
public final class DynamoDbWire implements AutoCloseable {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final ExecutionAttribute<Sending> SENDING =
      new ExecutionAttribute<>("io.sluice.Sending");

  /** The operation, and how to call it on the SDK's client with a body that is ignored. */
  public enum Operation {
    BATCH_WRITE_ITEM {
      @Override
      public void send(
          DynamoDbClient client,
          String table,
          Consumer<AwsRequestOverrideConfiguration.Builder> o) {
        client.batchWriteItem(
            r -> r.requestItems(Map.of(table, List.of())).overrideConfiguration(o));
      }
    },
    BATCH_GET_ITEM {
      @Override
      public void send(
          DynamoDbClient client,
          String table,
          Consumer<AwsRequestOverrideConfiguration.Builder> o) {
        client.batchGetItem(r -> r.requestItems(Map.of()).overrideConfiguration(o));
      }
    },
    SCAN {
      @Override
      public void send(
          DynamoDbClient client,
          String table,
          Consumer<AwsRequestOverrideConfiguration.Builder> o) {
        client.scan(r -> r.tableName(table).overrideConfiguration(o));
      }
    };

    public abstract void send(
        DynamoDbClient client, String table, Consumer<AwsRequestOverrideConfiguration.Builder> o);
  }

  /** A body on its way through the pipeline, and the answer to it. */
  private static final class Sending {
    final ItemJsonBuffer body;
    @Nullable SdkHttpRequest signed;
    Optional<String> checksum = Optional.empty();
    Optional<String> date = Optional.empty();
    byte @Nullable [] answer;

    Sending(ItemJsonBuffer body) {
      this.body = body;
    }
  }

  private final DynamoDbClient client;
  private final @Nullable SdkHttpClient http;
  private final Operation operation;
  private final String table;
  private volatile @Nullable DirectSender shortcut;
  private volatile boolean clockIsRight = true;
  private boolean closed;

  /** Adds the interceptors that a client of this class needs. */
  static void addTo(ClientOverrideConfiguration.Builder settings) {
    settings.addExecutionInterceptor(new BodyInterceptor());
    settings.addExecutionInterceptor(new AnswerCheck());
  }

  /**
   * @param client has the settings of {@link #addTo}; closed with this
   * @param http the client's HTTP client, closed with this; null when it is not known: then all
   *     requests take the long way
   */
  DynamoDbWire(
      DynamoDbClient client, @Nullable SdkHttpClient http, Operation operation, String table) {
    this.client = client;
    this.http = http;
    this.operation = operation;
    this.table = table;
  }

  public DynamoDbClient sdk() {
    return client;
  }

  /**
   * Sends a request once, for the first time.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
   */
  public WireAnswer send(EncodedRequest request) {
    DirectSender wire = shortcut;
    if (wire == null || !clockIsRight) {
      return sendAgain(request);
    }
    try {
      return wire.send(request);
    } catch (DynamoDbException e) {
      if (RetryUtils.isClockSkewException(e)) {
        // Only the pipeline learns by how much it is wrong.
        clockIsRight = false;
      }
      throw e;
    }
  }

  /**
   * Sends a request once that was sent before and failed.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
   */
  public WireAnswer sendAgain(EncodedRequest request) {
    Sending sending = new Sending(request.body());
    operation.send(
        client,
        table,
        o ->
            o.putExecutionAttribute(SENDING, sending)
                .putExecutionAttribute(AnswerCheck.DONE_ELSEWHERE, true));
    SdkHttpRequest signed = sending.signed;
    if (shortcut == null && http != null && signed != null) {
      learn(signed, http);
    }
    byte[] answer = sending.answer;
    if (answer == null) {
      throw UnreadableAnswerException.noAnswer(new UnreadableAnswerException("it has no body"));
    }
    return new WireAnswer(answer, sending.date);
  }

  private void learn(SdkHttpRequest signed, SdkHttpClient http) {
    // Not under the lock: the provider of credentials may take its time.
    DirectSender.like(signed, http, client.serviceClientConfiguration().credentialsProvider())
        .ifPresent(this::use);
  }

  private synchronized void use(DirectSender sender) {
    if (shortcut == null && !closed) {
      shortcut = sender;
    } else {
      sender.close();
    }
  }

  /** Aborts requests that take longer than this. */
  public void abortOlderThan(Duration time) {
    DirectSender wire = shortcut;
    if (wire != null) {
      wire.abortOlderThan(time.toNanos());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    DirectSender wire = shortcut;
    if (wire != null) {
      wire.close();
    }
    client.close();
    if (http != null) {
      http.close();
    }
  }

  private static final class BodyInterceptor implements ExecutionInterceptor {
    private static final byte[] EMPTY = {'{', '}'};

    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      Sending sending = attributes.getAttribute(SENDING);
      if (sending == null) {
        return context.httpRequest();
      }
      ItemJsonBuffer body = sending.body;
      return context.httpRequest().toBuilder()
          .putHeader(Header.CONTENT_LENGTH, Integer.toString(body.size()))
          .build();
    }

    @Override
    public Optional<RequestBody> modifyHttpContent(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      Sending sending = attributes.getAttribute(SENDING);
      if (sending == null) {
        return context.requestBody();
      }
      ItemJsonBuffer body = sending.body;
      return Optional.of(
          RequestBody.fromContentProvider(
              () -> new ByteArrayInputStream(body.array(), 0, body.size()),
              body.size(),
              CONTENT_TYPE));
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      Sending sending = attributes.getAttribute(SENDING);
      if (sending != null) {
        sending.signed = context.httpRequest();
      }
    }

    /**
     * Hides the checksum, which is that of the answer that we keep, not of the one that the SDK
     * gets.
     */
    @Override
    public SdkHttpResponse modifyHttpResponse(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      Sending sending = attributes.getAttribute(SENDING);
      SdkHttpResponse response = context.httpResponse();
      if (sending == null || !response.isSuccessful()) {
        return response;
      }
      sending.checksum = response.firstMatchingHeader(Route.CHECKSUM);
      sending.date = response.firstMatchingHeader(WireAnswer.DATE);
      return response.toBuilder().removeHeader(Route.CHECKSUM).build();
    }

    /** Keeps the answer: as objects of the SDK it would take about ten times the memory. */
    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      Sending sending = attributes.getAttribute(SENDING);
      if (sending == null
          || !context.httpResponse().isSuccessful()
          || context.responseBody().isEmpty()) {
        return context.responseBody();
      }
      try (InputStream in = context.responseBody().get()) {
        byte[] answer = in.readAllBytes();
        DirectSender.checkSum(sending.checksum, answer);
        sending.answer = answer;
        return Optional.of(new ByteArrayInputStream(EMPTY));
      } catch (IOException e) {
        throw UnreadableAnswerException.noAnswer(e);
      }
    }
  }
}
