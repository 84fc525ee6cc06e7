/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;

/**
 * Runs in each client of the SDK, which finds it in its list of global interceptors, and makes the
 * table's description show the capacity that the endpoint enforces at the time.
 */
public final class ClientWatch implements ExecutionInterceptor {
  /** The system property with the address of the endpoint whose capacity is to be described. */
  static final String DESCRIBE = "io.sluice.bench.describe";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** For the SDK, which instantiates this class by its name. */
  public ClientWatch() {}

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes attributes) {
    String endpoint = System.getProperty(DESCRIBE);
    if (endpoint == null || !(context.response() instanceof DescribeTableResponse described)) {
      return context.response();
    }
    long units = enforced(endpoint);
    return described.toBuilder()
        .table(
            described.table().toBuilder()
                .provisionedThroughput(
                    described.table().provisionedThroughput().toBuilder()
                        .writeCapacityUnits(units)
                        .build())
                .build())
        .build();
  }

  private static long enforced(String endpoint) {
    try {
      URL settings = URI.create(endpoint).resolve("/__settings").toURL();
      return JSON.readTree(settings).at("/throughput/writePerSecond").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
