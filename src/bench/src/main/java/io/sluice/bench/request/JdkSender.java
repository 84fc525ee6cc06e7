/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.request;

import io.sluice.bench.harness.Target;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Sends with the JDK's client, signed by the SDK's signer. */
final class JdkSender implements Contender.Sender {
  private static final Set<String> SET_BY_THE_CLIENT = headers("Host", "Content-Length");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LONGEST).build();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsCredentialsIdentity identity =
      (AwsCredentialsIdentity) Target.credentials().resolveIdentity().join();
  private final SdkHttpRequest template;

  JdkSender(Target target) {
    template =
        SdkHttpRequest.builder()
            .uri(target.endpoint())
            .method(SdkHttpMethod.POST)
            .putHeader("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .build();
  }

  private static Set<String> headers(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }

  @Override
  public int send(ItemJsonBuffer body) throws IOException, InterruptedException {
    SdkHttpRequest signed =
        signer
            .sign(
                r ->
                    r.identity(identity)
                        .request(template)
                        .payload(() -> new ByteArrayInputStream(body.array(), 0, body.size()))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Target.REGION.id())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb"))
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(signed.getUri())
            .timeout(LONGEST)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.array(), 0, body.size()));
    signed.forEachHeader(
        (name, values) -> {
          if (!SET_BY_THE_CLIENT.contains(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("HTTP " + answer.statusCode());
    }
    return answer.body().length;
  }

  @Override
  public void close() {
    // Its threads end with the last reference to it.
  }
}
