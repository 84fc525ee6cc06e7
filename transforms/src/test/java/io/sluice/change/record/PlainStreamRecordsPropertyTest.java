/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import io.sluice.testing.Items;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.util.CoderUtils;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record of a stream that is read from bytes to bytes gives the change that parsing it gives. */
class PlainStreamRecordsPropertyTest {
  private static final int TRIES = 500;
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("id:S"), KeyAttribute.parse("n:N"));

  /** A record of the service, whose parts a test exchanges. */
  private static String record(
      String event, String time, String keys, @Nullable String image, String sequence) {
    return """
        {"eventID":"a1","eventName":"%s","eventVersion":"1.1","eventSource":"aws:dynamodb",\
        "awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":%s,"Keys":%s,%s\
        "OldImage":{"id":{"S":"a"},"n":{"N":"1"}},"SequenceNumber":"%s","SizeBytes":26,\
        "StreamViewType":"NEW_AND_OLD_IMAGES"},"userIdentity":{"type":"Service",\
        "principalId":"dynamodb.amazonaws.com"},"eventSourceARN":"arn:aws:dynamodb:e:1:table/t/stream/s"}"""
        .formatted(event, time, keys, image == null ? "" : "\"NewImage\":" + image + ",", sequence);
  }

  private static String keysOf(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> keys = new TreeMap<>(item);
    keys.keySet().retainAll(List.of("id", "n"));
    return ItemJson.toJson(keys);
  }

  @Provide
  Arbitrary<String> records() {
    return Combinators.combine(
            Arbitraries.of("INSERT", "MODIFY", "REMOVE", "MODIFY", "insert", ""),
            Arbitraries.of("1764543600", "1764543600", "0", "1.5", "007", "1E3", "-1", "null"),
            Items.items(KEY),
            Arbitraries.of("own", "own", "own", "none", "other", "twice"),
            Arbitraries.of("100000000000000000000000000000000001", "7", "", "x", "-1"))
        .as(
            (event, time, item, image, sequence) ->
                record(
                    event,
                    time,
                    keysOf(item),
                    switch (image) {
                      case "own" -> ItemJson.toJson(item);
                      case "none" -> null;
                      case "twice" ->
                          ItemJson.toJson(item) + ",\"NewImage\":" + ItemJson.toJson(item);
                      default -> "{\"id\":{\"S\":\"other\"},\"n\":{\"N\":\"1.50\"}}";
                    },
                    sequence));
  }

  @Property(tries = TRIES)
  void recordsOfTheService(@ForAll("records") String record) throws IOException {
    assertSame(record.getBytes(UTF_8));
  }

  /** One byte is another: what is read is the same, or refused by the same words. */
  @Property(tries = TRIES)
  void damagedRecords(@ForAll("records") String record, @ForAll Random random) throws IOException {
    byte[] bytes = record.getBytes(UTF_8);
    // What nobody uses is not looked at as closely.
    int end = record.indexOf("\"OldImage\"");
    bytes[record.indexOf("\"dynamodb\"") + random.nextInt(end - record.indexOf("\"dynamodb\""))] =
        (byte) "\"{}[],:a1\\\u0000\u0080".charAt(random.nextInt(12));
    assertSame(bytes);
  }

  private static void assertSame(byte[] record) throws IOException {
    Change plain = new PlainStreamRecords(KEY).change(record);
    if (plain != null) {
      assertThat(bytes(plain), equalTo(outcome(record)));
    }
  }

  private static String outcome(byte[] record) throws IOException {
    try {
      return bytes(new StreamRecordParser(KEY).parseAll(record));
    } catch (InvalidItemException e) {
      return e.reason() + ": " + e.getMessage();
    }
  }

  private static String bytes(Change change) throws IOException {
    return HexFormat.of().formatHex(CoderUtils.encodeToByteArray(ChangeCoder.of(), change));
  }

  @Example
  void ordinaryRecordsArePlain() {
    String image = "{\"n\":{\"N\":\"1.50\"},\"id\":{\"S\":\"a\"},\"s\":{\"SS\":[\"b\",\"a\"]}}";
    String keys = "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1.5\"}}";
    PlainStreamRecords plain = new PlainStreamRecords(KEY);
    for (String record :
        List.of(
            record("INSERT", "1764543600", keys, image, "100000000000000000000000000000000001"),
            record("MODIFY", "1764543601", keys, image, "2"),
            record("REMOVE", "1764543601", keys, null, "3"))) {
      assertThat(record, plain.change(record.getBytes(UTF_8)), notNullValue());
    }
    assertThat(plain.change(record("REMOVE", "1", keys, image, "3").getBytes(UTF_8)), nullValue());
  }
}
