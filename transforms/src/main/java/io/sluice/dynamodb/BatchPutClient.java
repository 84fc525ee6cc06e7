/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.item.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Sends a BatchWriteItem whose body is written already. The SDK marshals an empty request, and its
 * body is changed for ours before the signature: so credentials, endpoint rules, signature, HTTP
 * client, errors and clock skew are the SDK's, and only its marshaller is left out.
 */
final class BatchPutClient {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final ExecutionAttribute<ItemJsonBuffer> BODY =
      new ExecutionAttribute<>("io.sluice.BatchPutBody");

  private final DynamoDbClient client;
  private final BatchWriteItemRequest empty;

  /** What a client of this class needs in its settings. */
  static void addTo(ClientOverrideConfiguration.Builder settings) {
    settings.addExecutionInterceptor(new BodyInterceptor());
  }

  /**
   * @param client has the settings of {@link #addTo}
   */
  BatchPutClient(DynamoDbClient client, String table) {
    this.client = client;
    empty =
        BatchWriteItemRequest.builder()
            .requestItems(Map.of(table, List.<WriteRequest>of()))
            .build();
  }

  /**
   * Sends it once.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
   */
  BatchWriteItemResponse put(ItemJsonBuffer body) {
    return client.batchWriteItem(
        empty.toBuilder().overrideConfiguration(o -> o.putExecutionAttribute(BODY, body)).build());
  }

  private static final class BodyInterceptor implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      ItemJsonBuffer body = attributes.getAttribute(BODY);
      if (body == null) {
        return context.httpRequest();
      }
      return context.httpRequest().toBuilder()
          .putHeader(Header.CONTENT_LENGTH, Integer.toString(body.size()))
          .build();
    }

    @Override
    public Optional<RequestBody> modifyHttpContent(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      ItemJsonBuffer body = attributes.getAttribute(BODY);
      if (body == null) {
        return context.requestBody();
      }
      return Optional.of(
          RequestBody.fromContentProvider(
              () -> new ByteArrayInputStream(body.array(), 0, body.size()),
              body.size(),
              CONTENT_TYPE));
    }
  }
}
