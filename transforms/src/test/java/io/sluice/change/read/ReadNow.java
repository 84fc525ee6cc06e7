/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.Change;
import io.sluice.failure.Rejection;
import io.sluice.format.FileCompression;
import io.sluice.format.ReaderSettings;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is read of an input, without a pipeline. */
final class ReadNow implements ChangeSink {
  static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  final List<Change> changes = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();
  int skipped;

  private final Map<Integer, List<Fragment>> fragments = new TreeMap<>();
  private int group;

  /**
   * A change, to be compared.
   *
   * @param key of the item
   * @param item what it is afterwards; null when it is gone
   */
  record Seen(String key, BigInteger sequence, @Nullable Map<String, AttributeValue> item) {}

  static ReadNow of(ChangeInput input) throws IOException {
    return of(input, KEY);
  }

  static ReadNow of(ChangeInput input, KeySchema schema) throws IOException {
    ReadNow read = new ReadNow();
    for (ChangeFile file : input.files()) {
      read.group = file.group();
      input.form().read(file, schema, read);
    }
    for (List<Fragment> left : read.fragments.values()) {
      input.form().join(left, schema, read);
    }
    return read;
  }

  static ChangeInput find(@Nullable ChangeFormat format, String... patterns) throws IOException {
    return ChangeInput.find(
        List.of(patterns), List.of(), format, ReaderSettings.NONE, FileCompression.AUTO);
  }

  static Seen seen(Change change) {
    Map<String, AttributeValue> item = ItemCoder.fromBytes(change.item());
    String key = item.get("pk").s();
    try {
      if (!ItemKey.of(item, KEY).equals(change.key())) {
        throw new AssertionError("the key is another");
      }
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
    return new Seen(
        key, change.sequence(), change.kind() == Change.Kind.DELETE ? null : new TreeMap<>(item));
  }

  /** All changes, in the order of keys and sequences. */
  List<Seen> all() {
    return changes.stream()
        .map(ReadNow::seen)
        .sorted(Comparator.comparing(Seen::key).thenComparing(Seen::sequence))
        .toList();
  }

  /** The items that are left when all changes are applied in their order. */
  Map<String, Map<String, AttributeValue>> table() {
    Map<String, Change> last = new TreeMap<>();
    for (Change change : changes) {
      last.merge(seen(change).key(), change, (a, b) -> Change.compareOrder(a, b) > 0 ? a : b);
    }
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    last.forEach(
        (key, change) -> {
          if (change.kind() == Change.Kind.PUT) {
            items.put(key, new TreeMap<>(ItemCoder.fromBytes(change.item())));
          }
        });
    return items;
  }

  @Override
  public void change(Change change) {
    changes.add(change);
  }

  @Override
  public void reject(Rejection rejection) {
    rejections.add(rejection);
  }

  @Override
  public void skip() {
    skipped++;
  }

  @Override
  public void fragment(Fragment fragment) {
    fragments.computeIfAbsent(group, g -> new ArrayList<>()).add(fragment);
  }
}
