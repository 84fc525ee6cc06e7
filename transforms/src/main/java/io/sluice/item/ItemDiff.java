/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares two items as DynamoDB does: numbers by value, so that 1 is 1.0, and sets without an
 * order. Both items must be valid.
 */
public final class ItemDiff {
  private ItemDiff() {}

  /**
   * Returns the names of the attributes that only one of the two has, or whose values differ;
   * sorted.
   */
  public static Set<String> differing(
      Map<String, AttributeValue> a, Map<String, AttributeValue> b) {
    Set<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    names.removeIf(
        name ->
            a.containsKey(name)
                && b.containsKey(name)
                && canonical(a.get(name)).equals(canonical(b.get(name))));
    return names;
  }

  /** Returns a value that equals another one's exactly when the two are the same to DynamoDB. */
  private static Object canonical(AttributeValue value) {
    return switch (value.type()) {
      case N -> Map.of("N", ItemNumber.canonical(value.n()));
      case NS ->
          Map.of("NS", value.ns().stream().map(ItemNumber::canonical).collect(Collectors.toSet()));
      case SS -> Map.of("SS", Set.copyOf(value.ss()));
      case BS ->
          Map.of("BS", value.bs().stream().map(SdkBytes::asByteBuffer).collect(Collectors.toSet()));
      case L -> value.l().stream().map(ItemDiff::canonical).toList();
      case M -> {
        Map<String, Object> canonical = new HashMap<>();
        value.m().forEach((name, v) -> canonical.put(name, canonical(v)));
        yield List.of("M", canonical);
      }
      default -> value;
    };
  }
}
