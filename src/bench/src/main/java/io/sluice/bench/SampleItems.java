/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the shapes that benchmarks use. */
final class SampleItems {
  private SampleItems() {}

  /** Returns a trip of the NYC taxi data: 18 attributes, strings and numbers. */
  static Map<String, AttributeValue> taxiTrip() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("trip_id", AttributeValue.fromS("9f86d081884c7d659a2feaa0c55ad015"));
    item.put("vendor_id", AttributeValue.fromN("2"));
    item.put("pickup_datetime", AttributeValue.fromS("2024-01-15 08:23:41"));
    item.put("dropoff_datetime", AttributeValue.fromS("2024-01-15 08:41:07"));
    item.put("passenger_count", AttributeValue.fromN("1"));
    item.put("trip_distance", AttributeValue.fromN("3.74"));
    item.put("ratecode_id", AttributeValue.fromN("1"));
    item.put("store_and_fwd_flag", AttributeValue.fromS("N"));
    item.put("pickup_location_id", AttributeValue.fromN("161"));
    item.put("dropoff_location_id", AttributeValue.fromN("236"));
    item.put("payment_type", AttributeValue.fromN("1"));
    item.put("fare_amount", AttributeValue.fromN("19.80"));
    item.put("extra", AttributeValue.fromN("2.50"));
    item.put("mta_tax", AttributeValue.fromN("0.5"));
    item.put("tip_amount", AttributeValue.fromN("5.26"));
    item.put("tolls_amount", AttributeValue.fromN("0.0"));
    item.put("improvement_surcharge", AttributeValue.fromN("1.0"));
    item.put("total_amount", AttributeValue.fromN("31.56"));
    return item;
  }

  /**
   * Returns an order with lists, maps and sets; no empty list or map, on which Beam's coder fails.
   */
  static Map<String, AttributeValue> order() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("customer#1042"));
    item.put("sk", AttributeValue.fromN("20240115000317"));
    item.put("paid", AttributeValue.fromBool(true));
    item.put("note", AttributeValue.fromNul(true));
    item.put("tags", AttributeValue.fromSs(List.of("gift", "express", "été")));
    item.put("codes", AttributeValue.fromNs(List.of("17", "4", "99.5")));
    item.put("signature", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32])));
    item.put(
        "address",
        AttributeValue.fromM(
            Map.of(
                "street", AttributeValue.fromS("Königsallee 12"),
                "city", AttributeValue.fromS("Düsseldorf"),
                "zip", AttributeValue.fromS("40212"),
                "geo",
                    AttributeValue.fromL(
                        List.of(
                            AttributeValue.fromN("51.2217"), AttributeValue.fromN("6.7762"))))));
    item.put("lines", AttributeValue.fromL(List.of(line("A-1", "2"), line("B-77", "1"))));
    return item;
  }

  private static AttributeValue line(String sku, String quantity) {
    return AttributeValue.fromM(
        Map.of(
            "sku", AttributeValue.fromS(sku),
            "quantity", AttributeValue.fromN(quantity),
            "price", AttributeValue.fromN("12.99"),
            "options", AttributeValue.fromL(List.of(AttributeValue.fromS("blue")))));
  }
}
