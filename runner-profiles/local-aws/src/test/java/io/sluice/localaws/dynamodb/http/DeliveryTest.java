/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.localaws.dynamodb.service.Outcome;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.service.Responder;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Has a single thread deliver answers in all the ways that there are. */
class DeliveryTest {

  private static final String BODY = "{\"n\":" + "0123456789".repeat(30) + "}";

  private DynamoDbHttpServer server;

  /** Starts a server that answers requests as told, and those that are empty objects at once. */
  private RawClient with(UnaryOperator<Outcome> delivery) throws IOException {
    Outcome plain = Outcome.of(new Reply(200, BODY.getBytes(UTF_8)));
    Responder responder =
        new Responder() {
          @Override
          public boolean has(String target) {
            return true;
          }

          @Override
          public Outcome respond(String target, byte[] body, String region) {
            return body.length == 2 ? plain : delivery.apply(plain);
          }
        };
    server = DynamoDbHttpServer.start(responder, 0, 1);
    return new RawClient(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String checksum() {
    CRC32 checksum = new CRC32();
    checksum.update(BODY.getBytes(UTF_8));
    return "x-amz-crc32: " + checksum.getValue() + "\r\n";
  }

  @Test
  void sendsLaterWithoutAThread() throws Exception {
    try (RawClient waiting = with(outcome -> outcome.after(Duration.ofDays(1)));
        RawClient other = new RawClient(server)) {
      waiting.request("{'wait'}");
      other.request("{}").readTo(BODY);
      server.close();
      assertThat(waiting.readAll(), is(""));
    }
  }

  @Test
  void sendsWhenTheDelayIsOver() throws Exception {
    try (RawClient client = with(outcome -> outcome.after(Duration.ofMillis(1)))) {
      assertThat(client.request("{'wait'}").readTo(BODY), containsString(checksum()));
      client.request("{}").readTo(BODY);
    }
  }

  @Test
  void sendsBitByBit() throws Exception {
    try (RawClient client = with(o -> o.by(Outcome.Delivery.TRICKLE).over(Duration.ofMillis(10)))) {
      assertThat(client.request("{'slow'}").readTo(BODY), containsString(checksum()));
      client.request("{}").readTo(BODY);
    }
  }

  @Test
  void sendsHalf() throws Exception {
    try (RawClient client = with(outcome -> outcome.by(Outcome.Delivery.CUT))) {
      assertThat(
          client.request("{'cut'}").readAll(),
          endsWith("\r\n\r\n" + BODY.substring(0, BODY.length() / 2)));
    }
  }

  @Test
  void sendsNothing() throws Exception {
    try (RawClient client = with(outcome -> outcome.by(Outcome.Delivery.DROP))) {
      assertThat(client.request("{'drop'}").readAll(), is(""));
    }
  }

  @Test
  void dropsLater() throws Exception {
    try (RawClient client = with(o -> o.by(Outcome.Delivery.DROP).after(Duration.ofMillis(1)))) {
      assertThat(client.request("{'drop'}").readAll(), is(""));
    }
  }

  @Test
  void neverAnswers() throws Exception {
    try (RawClient client = with(outcome -> outcome.by(Outcome.Delivery.HANG));
        RawClient other = new RawClient(server)) {
      client.request("{'hang'}");
      other.request("{}").readTo(BODY);
      server.close();
      assertThat(client.readAll(), is(""));
    }
  }

  @Test
  void sendsAWrongChecksum() throws Exception {
    try (RawClient client = with(outcome -> outcome.by(Outcome.Delivery.WRONG_CHECKSUM))) {
      assertThat(client.request("{'wrong'}").readTo(BODY), not(containsString(checksum())));
    }
  }
}
