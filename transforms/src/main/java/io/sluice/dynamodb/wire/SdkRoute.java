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

/** Sends with the SDK's signer and HTTP client, which know of proxies. */
final class SdkRoute implements Route {
  private final SdkHttpClient http;
  private final Template template;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /**
   * What all requests have in common.
   *
   * @param request without a signature and without a length
   * @param region the region to sign for
   * @param service the service to sign for
   */
  record Template(SdkHttpRequest request, String region, String service) {
    /** Signs a request with this body as the SDK does. */
    SignedRequest sign(
        AwsV4HttpSigner signer,
        ContentStreamProvider content,
        int size,
        AwsCredentialsIdentity identity) {
      SdkHttpRequest asked =
          request.toBuilder().putHeader(Header.CONTENT_LENGTH, Integer.toString(size)).build();
      return signer.sign(
          r ->
              r.identity(identity)
                  .request(asked)
                  .payload(content)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service));
    }
  }

  /**
   * @param http closed by its owner
   */
  SdkRoute(SdkHttpClient http, Template template) {
    this.http = http;
    this.template = template;
  }

  @Override
  public Call call(ItemJsonBuffer body, AwsCredentialsIdentity identity) {
    ContentStreamProvider content = () -> new ByteArrayInputStream(body.array(), 0, body.size());
    SignedRequest signed = template.sign(signer, content, body.size(), identity);
    ExecutableHttpRequest request =
        http.prepareRequest(
            HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(content))
                .build());
    return new Call() {
      @Override
      public Reply send() throws IOException {
        HttpExecuteResponse answer = request.call();
        SdkHttpResponse response = answer.httpResponse();
        return new Reply(
            response.statusCode(),
            response.firstMatchingHeader(CHECKSUM),
            response.firstMatchingHeader(WireAnswer.DATE),
            read(answer),
            () -> response);
      }

      @Override
      public void abort() {
        request.abort();
      }
    };
  }

  private static byte[] read(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return new byte[0];
    }
    // Read to the end, so that the connection is reused.
    try (InputStream in = response.responseBody().get()) {
      return in.readAllBytes();
    }
  }

  @Override
  public void closeIdle() {
    // The client does it by itself.
  }

  @Override
  public void close() {
    // The client is its owner's.
  }
}
