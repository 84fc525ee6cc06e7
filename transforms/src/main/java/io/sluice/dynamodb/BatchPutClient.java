/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.item.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Sends BatchWriteItems whose bodies are written already.
 *
 * <p>The first of them, and whatever is sent again, goes through the SDK's whole pipeline: that
 * marshals an empty request, whose body is changed for ours before the signature. So clock skew,
 * endpoints and all that else may be learned from an error is the SDK's matter. The others go the
 * shorter way of a {@link WirePut}.
 */
final class BatchPutClient implements AutoCloseable {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final ExecutionAttribute<Sending> SENDING =
      new ExecutionAttribute<>("io.sluice.BatchPut");

  /** How a body goes through the pipeline, and what became of it there. */
  private static final class Sending {
    final ItemJsonBuffer body;
    @Nullable SdkHttpRequest signed;

    Sending(ItemJsonBuffer body) {
      this.body = body;
    }
  }

  private final DynamoDbClient client;
  private final @Nullable SdkHttpClient http;
  private final BatchWriteItemRequest empty;
  private volatile @Nullable WirePut shortcut;
  private volatile boolean clockIsRight = true;

  /** What a client of this class needs in its settings. */
  static void addTo(ClientOverrideConfiguration.Builder settings) {
    settings.addExecutionInterceptor(new BodyInterceptor());
  }

  /**
   * @param client has the settings of {@link #addTo}; closed with this
   * @param http the client's HTTP client, closed with this; null when it is not known: then all
   *     requests take the long way
   */
  BatchPutClient(DynamoDbClient client, @Nullable SdkHttpClient http, String table) {
    this.client = client;
    this.http = http;
    empty =
        BatchWriteItemRequest.builder()
            .requestItems(Map.of(table, List.<WriteRequest>of()))
            .build();
  }

  DynamoDbClient sdk() {
    return client;
  }

  /**
   * Sends it once.
   *
   * @param again whether it was sent before
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
   */
  PutResponse put(ItemJsonBuffer body, boolean again) {
    WirePut wire = shortcut;
    if (wire == null || again || !clockIsRight) {
      return putThroughPipeline(body);
    }
    try {
      return wire.put(body);
    } catch (DynamoDbException e) {
      if (RetryUtils.isClockSkewException(e)) {
        // How wrong it is, only the pipeline learns.
        clockIsRight = false;
      }
      throw e;
    }
  }

  private PutResponse putThroughPipeline(ItemJsonBuffer body) {
    Sending sending = new Sending(body);
    BatchWriteItemResponse response =
        client.batchWriteItem(
            empty.toBuilder()
                .overrideConfiguration(o -> o.putExecutionAttribute(SENDING, sending))
                .build());
    SdkHttpRequest signed = sending.signed;
    if (shortcut == null && http != null && signed != null) {
      shortcut =
          WirePut.like(signed, http, client.serviceClientConfiguration().credentialsProvider())
              .orElse(null);
    }
    return PutResponse.of(response);
  }

  /** Ends requests that have taken longer. */
  void abortOlderThan(Duration time) {
    WirePut wire = shortcut;
    if (wire != null) {
      wire.abortOlderThan(time.toNanos());
    }
  }

  @Override
  public void close() {
    client.close();
    if (http != null) {
      http.close();
    }
  }

  private static final class BodyInterceptor implements ExecutionInterceptor {
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
  }
}
