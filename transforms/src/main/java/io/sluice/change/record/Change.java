/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change of an item: what the item is after it, and its place among the changes of the key.
 *
 * <p>It may also be a mere mark that a change exists, when it is only needed for the order of
 * others.
 */
@DefaultCoder(ChangeCoder.class)
public final class Change {

  /** What a change has made of the item. */
  public enum Kind {
    /** The item is as {@link #item} says. */
    PUT,
    /** The item is gone. */
    DELETE,
    /** It does not matter, and nobody knows what the item was before. */
    MARK,
    /** It does not matter, and before it there was no item. */
    MARK_OF_INSERT,
    /** It does not matter, and before it the item was as {@link #item} says. */
    MARK_WITH_OLD
  }

  private final Kind kind;
  private final byte[] key;
  private final BigInteger sequence;
  private final long millis;
  private final byte[] item;
  private final Origin origin;

  private static final byte[] NOTHING = {};

  private Change(
      Kind kind, byte[] key, BigInteger sequence, long millis, byte[] item, Origin origin) {
    this.kind = kind;
    this.key = key;
    this.sequence = sequence;
    this.millis = millis;
    this.item = item;
    this.origin = origin;
  }

  /**
   * Creates a change.
   *
   * @param key of the item
   * @param sequence its place among the changes of the key
   * @param millis when it happened, in milliseconds since 1970
   * @param item what the item is afterwards, in the bytes of its coder; null if it is gone
   */
  public static Change of(ItemKey key, BigInteger sequence, long millis, byte @Nullable [] item) {
    return item == null
        ? new Change(Kind.DELETE, key.bytes(), sequence, millis, NOTHING, Origin.UNKNOWN)
        : new Change(Kind.PUT, key.bytes(), sequence, millis, item, Origin.UNKNOWN);
  }

  /** Creates the change that an item is put. */
  public static Change put(
      ItemKey key, BigInteger sequence, long millis, Map<String, AttributeValue> item) {
    return of(key, sequence, millis, ItemCoder.toBytes(item));
  }

  /**
   * Creates the change that an item is deleted.
   *
   * @param keys the key attributes; others are left out
   */
  public static Change delete(
      ItemKey key,
      BigInteger sequence,
      long millis,
      Map<String, AttributeValue> keys,
      KeySchema schema) {
    Map<String, AttributeValue> only = new LinkedHashMap<>();
    for (KeyAttribute attribute : schema.attributes()) {
      only.put(attribute.name(), keys.get(attribute.name()));
    }
    byte[] bytes = ItemCoder.toBytes(only);
    return new Change(Kind.DELETE, key.bytes(), sequence, millis, bytes, Origin.UNKNOWN);
  }

  static Change of(
      Kind kind, byte[] key, BigInteger sequence, long millis, byte[] item, Origin origin) {
    return new Change(kind, key, sequence, millis, item, origin);
  }

  /** Returns this change with another place in its order. */
  public Change withSequence(BigInteger other) {
    return new Change(kind, key, other, millis, item, origin);
  }

  /** Returns this change with the place where it is recorded. */
  public Change from(Origin other) {
    return new Change(kind, key, sequence, millis, item, other);
  }

  /** Returns the place of the change alone, without what it has made of the item. */
  public Change mark() {
    return kind == Kind.PUT || kind == Kind.DELETE
        ? new Change(Kind.MARK, key, sequence, millis, NOTHING, origin)
        : this;
  }

  /**
   * Returns the place of the change with what the item was before.
   *
   * @param old the item in the bytes of its coder; null if there was none
   */
  public Change markAfter(byte @Nullable [] old) {
    return old == null
        ? new Change(Kind.MARK_OF_INSERT, key, sequence, millis, NOTHING, origin)
        : new Change(Kind.MARK_WITH_OLD, key, sequence, millis, old, origin);
  }

  /**
   * Returns the change that left the item as it was before this one, a mark; empty if nobody knows.
   */
  public Optional<Change> before() {
    return switch (kind) {
      case MARK_OF_INSERT ->
          Optional.of(new Change(Kind.DELETE, key, sequence, millis, NOTHING, origin));
      case MARK_WITH_OLD -> Optional.of(new Change(Kind.PUT, key, sequence, millis, item, origin));
      default -> Optional.empty();
    };
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the key of the item. */
  public ItemKey key() {
    return ItemKey.ofBytes(key);
  }

  /** Returns the place among the changes of the key in one feed: later changes have larger ones. */
  public BigInteger sequence() {
    return sequence;
  }

  /**
   * Returns when it happened, in milliseconds since 1970, by a clock of the service; 0 when its
   * record says nothing about it.
   */
  public long millis() {
    return millis;
  }

  /**
   * Returns what the item is after a PUT or before a MARK_WITH_OLD, in the bytes of its coder, or
   * the key attributes of what a DELETE removes, if its record was read to be applied; not to be
   * changed.
   */
  public byte[] item() {
    return item;
  }

  /** Returns where it is recorded; {@link Origin#UNKNOWN} when nobody asks. */
  public Origin origin() {
    return origin;
  }

  /**
   * Compares two changes of one key: the greater one is the later. Of a tie the greater one is that
   * which is recorded later, in the file with the greater name or behind the other in the same
   * file: what comes out does not depend on the order in which changes are seen.
   */
  public static int compareOrder(Change one, Change other) {
    int order = one.sequence.compareTo(other.sequence);
    return order != 0 ? order : one.origin.compareTo(other.origin);
  }

  /**
   * Whether two changes of one key are a tie: they have the same place in the order and differ in
   * what they make of the item. If they do not differ, one is a copy of the other.
   */
  public static boolean isTie(Change one, Change other) {
    return one.sequence.equals(other.sequence)
        && (one.kind != other.kind || !Arrays.equals(one.item, other.item));
  }

  /** Returns about how many bytes of memory it takes. */
  public int heapBytes() {
    return 160 + key.length + item.length;
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return kind + " " + sequence;
  }
}
