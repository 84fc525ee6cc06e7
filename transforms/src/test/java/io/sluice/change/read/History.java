/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.json.ItemJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A random history of a table, as each form of changes records it. */
final class History {
  private static final String ARN =
      "arn:aws:dynamodb:eu-west-1:123456789012:table/trips/stream/2026-01-31T23:26:00.123";

  /** Of a change its place, key, and what the item is afterwards; null when it is gone. */
  record Step(int place, String key, Map<String, AttributeValue> item, boolean isNew) {

    long micros() {
      return 1_769_902_000_000_000L + place * 1_500L;
    }

    String event() {
      return item == null ? "REMOVE" : isNew ? "INSERT" : "MODIFY";
    }

    private String keys() {
      return ItemJson.toJson(Map.of("pk", AttributeValue.fromS(key)));
    }

    private String image() {
      return item == null ? "" : ",\"NewImage\":" + ItemJson.toJson(item);
    }

    /** As Lambda and Pipes hand it on. */
    String ofStream() {
      return ("{\"eventID\":\"%d\",\"eventName\":\"%s\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\","
              + "\"awsRegion\":\"eu-west-1\",\"dynamodb\":{\"ApproximateCreationDateTime\":%d.0,\"Keys\":%s%s,"
              + "\"SequenceNumber\":\"%s\",\"SizeBytes\":10,\"StreamViewType\":\"NEW_IMAGE\"},\"eventSourceARN\":\"%s\"}")
          .formatted(place, event(), micros() / 1_000_000, keys(), image(), sequence(), ARN);
    }

    private String sequence() {
      return "44215845000000000" + (17450439091L + place);
    }

    /** The place of a record of a stream, which has that of the stream above it. */
    BigInteger placeInStream() {
      return new BigInteger(sequence()).or(BigInteger.valueOf(1_769_901_960_123L).shiftLeft(336));
    }

    String ofKinesis(boolean inMicros) {
      return ("{\"awsRegion\":\"eu-west-1\",\"eventID\":\"%d\",\"eventName\":\"%s\",\"userIdentity\":null,"
              + "\"recordFormat\":\"application/json\",\"tableName\":\"trips\",\"dynamodb\":{"
              + "\"ApproximateCreationDateTime\":%d,%s\"Keys\":%s%s,\"SizeBytes\":10},\"eventSource\":\"aws:dynamodb\"}")
          .formatted(
              place,
              event(),
              inMicros ? micros() : micros() / 1000,
              inMicros ? "\"ApproximateCreationDateTimePrecision\":\"MICROSECOND\"," : "",
              keys(),
              image());
    }

    String ofSimple() {
      StringBuilder object = new StringBuilder("{\"pk\":\"" + key + '"');
      if (item != null && item.containsKey("v")) {
        object
            .append(",\"v\":\"")
            .append(
                item.get("v").s().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
            .append('"');
      }
      return "{\"action\":\"%s\",\"sequenceNumber\":\"%d\",\"object\":%s}}"
          .formatted(event(), place, object);
    }
  }

  private static final List<String> VALUES =
      List.of("", "a", "}{", "\"}]", "é€𝄞", "[{\"eventName\":\"INSERT\"}", "\\", "\n{\"x\":1}\n");

  private History() {}

  static List<Step> of(Random random, int count) {
    List<Step> steps = new ArrayList<>();
    Map<String, Boolean> there = new HashMap<>();
    for (int place = 1; place <= count; place++) {
      String key = "k" + random.nextInt(4);
      boolean isThere = there.getOrDefault(key, false);
      Map<String, AttributeValue> item = null;
      if (!isThere || random.nextInt(3) > 0) {
        item = new TreeMap<>();
        item.put("pk", AttributeValue.fromS(key));
        item.put("v", AttributeValue.fromS(VALUES.get(random.nextInt(VALUES.size())) + place));
      }
      there.put(key, item != null);
      steps.add(new Step(place, key, item, !isThere));
    }
    return steps;
  }

  /** The items that are left. */
  static Map<String, Map<String, AttributeValue>> table(List<Step> steps) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    for (Step step : steps) {
      if (step.item() == null) {
        items.remove(step.key());
      } else {
        items.put(step.key(), step.item());
      }
    }
    return items;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
