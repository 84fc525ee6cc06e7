/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.dynamodb.signature.SignatureCheck;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Has the SDK sign requests, and the server check what it signed. */
class SignatureTest {

  private static final String MISMATCH =
      "InvalidSignatureException: The request signature we calculated does not match the signature "
          + "you provided. Check your AWS Secret Access Key and signing method. Consult the "
          + "service documentation for details.";

  private DynamoDbHttpServer server;

  private void start(Duration ahead) throws IOException {
    InstantSource clock = () -> InstantSource.system().instant().plus(ahead);
    server =
        DynamoDbHttpServer.start(
            new Operations(new Tables(clock)),
            HttpSettings.local(0, 2)
                .with(new SignatureCheck(new AccessKey("id", "secret"), clock)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DynamoDbClient client(String id, String secret, SdkHttpClient http) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .httpClient(http)
        .build();
  }

  private String error(String id, String secret, SdkHttpClient http) {
    try (DynamoDbClient client = client(id, secret, http)) {
      DynamoDbException error =
          assertThrows(
              DynamoDbException.class,
              () -> client.listTables(list -> list.exclusiveStartTableName("aaa")));
      assertThat(error.statusCode(), is(400));
      return error.awsErrorDetails().errorCode() + ": " + error.awsErrorDetails().errorMessage();
    }
  }

  /** Sends another table's name than the one that was signed. */
  private static final class Forger implements SdkHttpClient {

    private final SdkHttpClient client = UrlConnectionHttpClient.create();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return client.prepareRequest(
          HttpExecuteRequest.builder()
              .request(request.httpRequest())
              .contentStreamProvider(
                  () ->
                      new ByteArrayInputStream(
                          "{\"ExclusiveStartTableName\":\"bbb\"}".getBytes(UTF_8)))
              .build());
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @Test
  void acceptsTheRightKey() throws Exception {
    start(Duration.ZERO);
    try (DynamoDbClient client = client("id", "secret", UrlConnectionHttpClient.create())) {
      assertThat(client.listTables().tableNames().size(), is(0));
    }
  }

  @Test
  void refusesAWrongSecret() throws Exception {
    start(Duration.ZERO);
    assertThat(error("id", "other", UrlConnectionHttpClient.create()), is(MISMATCH));
  }

  @Test
  void refusesAnUnknownKey() throws Exception {
    start(Duration.ZERO);
    assertThat(
        error("other", "secret", UrlConnectionHttpClient.create()),
        is(
            "UnrecognizedClientException: The security token included in the request is "
                + "invalid."));
  }

  @Test
  void refusesABodyThatWasChanged() throws Exception {
    start(Duration.ZERO);
    assertThat(error("id", "secret", new Forger()), is(MISMATCH));
  }

  @Test
  void refusesSignaturesOfAnotherTime() throws Exception {
    start(Duration.ofHours(1));
    assertThat(
        error("id", "secret", UrlConnectionHttpClient.create()),
        startsWith("InvalidSignatureException: Signature expired: "));
    server.close();
    start(Duration.ofHours(-1));
    assertThat(
        error("id", "secret", UrlConnectionHttpClient.create()),
        startsWith("InvalidSignatureException: Signature not yet current: "));
  }

  @Test
  void refusesRequestsWithoutASignature() throws Exception {
    start(Duration.ZERO);
    try (RawClient client = new RawClient(server)) {
      client
          .send(
              "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                  + "Content-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}")
          .readTo("com.amazon.coral.service#MissingAuthenticationTokenException");
    }
  }
}
