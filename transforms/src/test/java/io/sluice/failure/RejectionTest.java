/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class RejectionTest {
  private static final Origin ORIGIN = new Origin("s3://b/x.csv", 7);

  private static Rejection rejection(String payload) {
    return Rejection.ofRecord(
        ORIGIN,
        payload.getBytes(UTF_8),
        new PayloadFormat("TEXT", List.of()),
        new InvalidItemException(Reason.MALFORMED, "broken"));
  }

  @Test
  void ofARecord() {
    Rejection rejection = rejection("a,b");
    assertThat(rejection.stage(), is(Rejection.Stage.READ));
    assertThat(rejection.reason(), is(Reason.MALFORMED));
    assertThat(rejection.message(), is("broken"));
    assertThat(rejection.origin(), is(ORIGIN));
    assertThat(rejection.payload(), is("a,b".getBytes(UTF_8)));
  }

  @Test
  void ofAnItemItIsALineThatCanBeImported() {
    SourcedItem item = SourcedItem.of(ORIGIN, Map.of("a", fromS("x\ny")));
    Rejection rejection =
        Rejection.ofItem(Rejection.Stage.WRITE, item, Reason.KEY_MISSING, "no key");
    assertThat(new String(rejection.payload(), UTF_8), is("{\"Item\":{\"a\":{\"S\":\"x\\ny\"}}}"));
    assertThat(rejection.origin(), is(ORIGIN));
  }

  @Test
  void equalByContents() throws Exception {
    assertThat(rejection("a"), equalTo(rejection("a")));
    assertThat(rejection("a").hashCode(), equalTo(rejection("a").hashCode()));
    assertThat(rejection("a"), not(equalTo(rejection("b"))));
    assertThat(rejection("a").withoutPayload(), equalTo(rejection("").withoutPayload()));
    assertThat(
        CoderUtils.clone(SerializableCoder.of(Rejection.class), rejection("a")),
        equalTo(rejection("a")));
  }

  @Test
  void showsNoContents() {
    assertThat(
        rejection("secret").toString(), is("READ MALFORMED: broken (s3://b/x.csv at offset 7)"));
    assertThat(rejection("secret").withoutPayload().payload().length, is(0));
  }
}
