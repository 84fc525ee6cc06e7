/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Sends requests for operations for which there is no client of the SDK here. Credentials, region
 * and an endpoint that was given are those of a client of DynamoDB; requests are signed by the
 * SDK's signer. A request that fails in a way that may pass is sent again.
 */
public final class SignedCalls implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a request may keep failing. */
  private static final Duration RETRY_FOR = Duration.ofMinutes(2);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final AwsServiceClientConfiguration settings;
  private final SdkHttpClient http;

  /** A service of AWS whose requests are JSON. */
  public enum Service {
    DYNAMODB("dynamodb", "DynamoDB_20120810.", "application/x-amz-json-1.0"),
    CLOUDWATCH_LOGS("logs", "Logs_20140328.", "application/x-amz-json-1.1");

    private final String name;
    private final String prefix;
    private final String type;

    Service(String name, String prefix, String type) {
      this.name = name;
      this.prefix = prefix;
      this.type = type;
    }
  }

  private SignedCalls(AwsServiceClientConfiguration settings, SdkHttpClient http) {
    this.settings = settings;
    this.http = http;
  }

  /** Sends requests as this client would; the client is not used itself. */
  public static SignedCalls like(DynamoDbClient client, AwsOptions options) {
    ApacheHttpClient.Builder http =
        ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
    if (options.getProxyConfiguration() != null) {
      http.proxyConfiguration(options.getProxyConfiguration());
    }
    return new SignedCalls(client.serviceClientConfiguration(), http.build());
  }

  /**
   * Sends a request and returns the answer.
   *
   * @param operation its name without a prefix
   * @throws SdkException as clients of the SDK do; one of the service has its code and message
   */
  public JsonNode call(Service service, String operation, ObjectNode body) {
    RetryWindow patience = new RetryWindow(RETRY_FOR);
    while (true) {
      long began = System.nanoTime();
      try {
        return send(service, operation, body);
      } catch (SdkException e) {
        RequestFailure kind = RequestFailure.of(e);
        OptionalLong pause =
            kind.isPassing() && !(e instanceof AbortedException)
                ? patience.failed(kind, System.nanoTime() - began)
                : OptionalLong.empty();
        if (pause.isEmpty()) {
          throw e;
        }
        sleep(pause.getAsLong());
      }
    }
  }

  private JsonNode send(Service service, String operation, ObjectNode body) {
    Region region = settings.region();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(settings.endpointOverride().orElseGet(() -> endpoint(service, region)))
            .putHeader(Header.CONTENT_TYPE, service.type)
            .putHeader("X-Amz-Target", service.prefix + operation)
            .build();
    SdkRoute.Template template = new SdkRoute.Template(request, region.id(), service.name);
    try (SdkRoute route = new SdkRoute(http, template)) {
      Route.Reply reply =
          route
              .call(
                  new ItemJsonBuffer().raw(JSON.writeValueAsBytes(body)),
                  DirectSender.identity(settings.credentialsProvider()))
              .send();
      if (!reply.isSuccessful()) {
        throw DirectSender.error(reply.response().get(), reply.body());
      }
      return JSON.readTree(reply.body());
    } catch (JsonProcessingException e) {
      throw UnreadableAnswerException.noAnswer(new UnreadableAnswerException("it is not JSON"));
    } catch (IOException e) {
      throw UnreadableAnswerException.noAnswer(e);
    }
  }

  private static URI endpoint(Service service, Region region) {
    String suffix = region.id().startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return URI.create("https://" + service.name + "." + region.id() + suffix);
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted between two requests", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
