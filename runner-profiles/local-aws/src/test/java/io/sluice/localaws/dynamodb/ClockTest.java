/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers bear the time of the clock that the server goes by. */
class ClockTest {

  @Test
  void datesAreOfTheClock() throws IOException, InterruptedException {
    Instant time = Instant.parse("2001-02-03T04:05:06.789Z");
    try (DynamoDb db = DynamoDb.builder().clock(() -> time).start()) {
      assertThat(
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(db.endpoint()).build(), BodyHandlers.ofString())
              .headers()
              .allValues("Date"),
          is(List.of("Sat, 03 Feb 2001 04:05:06 GMT")));
    }
  }
}
