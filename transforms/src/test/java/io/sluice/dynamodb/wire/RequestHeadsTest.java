/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.item.json.ItemJsonBuffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Compares heads of requests with those that the SDK's signer makes. */
class RequestHeadsTest {
  private static final AwsCredentials CREDENTIALS = AwsBasicCredentials.create("id", "secret");
  private static final long CENTURY = 3_155_760_000L;

  private static SdkHttpRequest.Builder request(String uri) {
    return SdkHttpRequest.builder()
        .uri(URI.create(uri))
        .method(SdkHttpMethod.POST)
        .putHeader("X-Amz-Target", "DynamoDB_20120810.Scan")
        .putHeader("Content-Type", "application/x-amz-json-1.0")
        .putHeader("User-Agent", "aws-sdk-java/2 md/io#sync");
  }

  private static Optional<RequestHeads> like(SdkHttpRequest request) {
    return RequestHeads.like(new SdkRoute.Template(request, "r", "dynamodb"), CREDENTIALS);
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder("a");
    int length = random.nextInt(most);
    for (int i = 0; i < length; i++) {
      text.append((char) (random.nextInt(6) == 0 ? ' ' : '!' + random.nextInt('~' - '!' + 1)));
    }
    return text.append('z').toString();
  }

  private static String word(Random random) {
    return text(random, 50).replaceAll("[^A-Za-z0-9+]", "/");
  }

  private static AwsCredentials credentials(Random random) {
    String id = word(random).replace('/', 'X');
    return random.nextBoolean()
        ? AwsBasicCredentials.create(id, word(random))
        : AwsSessionCredentials.create(id, word(random), word(random).repeat(20));
  }

  private static ItemJsonBuffer body(Random random) {
    ItemJsonBuffer body = new ItemJsonBuffer();
    return body.raw("{").raw(text(random, 20_000)).raw("}");
  }

  private static List<String> linesOf(SdkHttpRequest signed) {
    List<String> lines = new ArrayList<>(List.of("POST / HTTP/1.1"));
    signed.forEachHeader((name, values) -> values.forEach(v -> lines.add(name + ": " + v)));
    return lines.stream().sorted().toList();
  }

  private static List<String> linesOf(byte[] head) {
    String text = new String(head, ISO_8859_1);
    assertThat(text.endsWith("\r\n\r\n"), is(true));
    return text.lines().filter(line -> !line.isEmpty()).sorted().toList();
  }

  @RepeatedTest(50)
  void theyAreSignedAsByTheSdk(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    boolean tls = random.nextBoolean();
    SdkHttpRequest.Builder request =
        request(
            (tls ? "https" : "http") + "://dynamodb.example:" + (443 + random.nextInt(3)) + "/");
    for (int i = random.nextInt(5); i > 0; i--) {
      request.appendHeader("X-Random-" + random.nextInt(4), text(random, 30));
    }
    SdkRoute.Template template =
        new SdkRoute.Template(request.build(), word(random).replace('/', '-'), "dynamodb");
    RequestHeads heads = RequestHeads.like(template, credentials(random)).orElseThrow();
    AwsCredentials credentials = credentials(random);
    Instant time = Instant.ofEpochSecond(random.nextLong(CENTURY));
    for (int i = 0; i < 20; i++) {
      // Now and then others: the key of a day is kept.
      credentials = random.nextInt(4) == 0 ? credentials(random) : credentials;
      time = time.plusSeconds(random.nextInt(50_000));
      ItemJsonBuffer body = body(random);
      AwsCredentials identity = credentials;
      Clock clock = Clock.fixed(time, ZoneOffset.UTC);
      SdkHttpRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  r ->
                      r.identity(identity)
                          .request(
                              template.request().toBuilder()
                                  .putHeader("Content-Length", Integer.toString(body.size()))
                                  .build())
                          .payload(() -> new ByteArrayInputStream(body.array(), 0, body.size()))
                          .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
                          .putProperty(AwsV4HttpSigner.REGION_NAME, template.region())
                          .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, template.service()))
              .request();
      assertThat(linesOf(heads.of(body, identity, time)), is(linesOf(signed)));
    }
  }

  @Test
  void thereAreNoneForRequestsWithAnotherPathOrAQuery() {
    assertThat(like(request("http://h/").build()).isPresent(), is(true));
    assertThat(like(request("http://h/path").build()), is(Optional.empty()));
    assertThat(like(request("http://h/?a=b").build()), is(Optional.empty()));
  }

  @Test
  void thereAreNoneWhenTheLinesWouldNotBeTheSame() {
    // What a header with a line break would make of a request is not known.
    assertThat(
        like(request("http://h/").putHeader("X-Odd", "a\r\nX-More: b").build()),
        is(Optional.empty()));
  }
}
