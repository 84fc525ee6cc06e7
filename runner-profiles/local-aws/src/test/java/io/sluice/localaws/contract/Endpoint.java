/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.http.DynamoDbHttpServer;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Sends requests to a server that speaks DynamoDB's protocol: the embedded one, in this process, or
 * another one that is named by a URL.
 *
 * <p>All requests are signed. Servers on this machine get credentials that are no secret, others
 * those that the SDK finds.
 */
final class Endpoint implements AutoCloseable {

  /** Names the property that has the URL of a server to use in place of the embedded one. */
  static final String PROPERTY = "sluice.contract.endpoint";

  private static final String DEFAULT_REGION = "eu-west-1";
  private static final Pattern REGION = Pattern.compile("dynamodb\\.([a-z0-9-]+)\\.");
  private static final Pattern LOCAL = Pattern.compile("localhost|127\\..*|\\[::1]");
  private static final Set<String> RESTRICTED = Set.of("host", "content-length");

  private final URI uri;
  private final Optional<DynamoDbHttpServer> server;
  private final AwsCredentials credentials;
  private final String region;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  private Endpoint(URI uri, Optional<DynamoDbHttpServer> server) {
    this.uri = uri;
    this.server = server;
    this.credentials =
        LOCAL.matcher(uri.getHost()).matches()
            ? AwsBasicCredentials.create("contract", "contract")
            : DefaultCredentialsProvider.builder().build().resolveCredentials();
    Matcher host = REGION.matcher(uri.getHost());
    this.region = host.find() ? host.group(1) : DEFAULT_REGION;
  }

  /** Holds the status of an answer and the members of its JSON. */
  record Answer(int status, Map<String, Object> body) {

    /** Names the type of an error without its namespace. */
    String type() {
      String type = String.valueOf(body.get("__type"));
      return type.substring(type.indexOf('#') + 1);
    }

    /** Gives the message of an error. */
    String message() {
      return String.valueOf(body.getOrDefault("message", body.get("Message")));
    }
  }

  /** Starts the embedded server, unless the property names another one. */
  static Endpoint open() throws IOException {
    String url = System.getProperty(PROPERTY, "");
    if (!url.isEmpty()) {
      return at(URI.create(url));
    }
    DynamoDbHttpServer server =
        DynamoDbHttpServer.start(new Operations(new Tables(InstantSource.system())), 0, 2);
    return new Endpoint(URI.create("http://localhost:" + server.port() + "/"), Optional.of(server));
  }

  /** Uses a server that is there. */
  static Endpoint at(URI uri) {
    return new Endpoint(uri, Optional.empty());
  }

  /** Sends a request, {@code PutItem} for example, and reads the answer. */
  Answer send(String operation, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    try {
      HttpResponse<byte[]> response =
          client.send(signed(operation, body), HttpResponse.BodyHandlers.ofByteArray());
      try (JsonParser parser = new JsonFactory().createParser(response.body())) {
        return new Answer(response.statusCode(), JsonTree.read(parser));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest signed(String operation, byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri)
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
            .build();
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials)
                    .request(request)
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }

  @Override
  public void close() {
    server.ifPresent(DynamoDbHttpServer::close);
  }
}
