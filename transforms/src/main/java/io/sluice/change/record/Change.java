/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.ItemKey;
import java.math.BigInteger;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

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
    /** It does not matter. */
    MARK
  }

  private final Kind kind;
  private final byte[] key;
  private final BigInteger sequence;
  private final long millis;
  private final byte[] item;

  private static final byte[] NOTHING = {};

  private Change(Kind kind, byte[] key, BigInteger sequence, long millis, byte[] item) {
    this.kind = kind;
    this.key = key;
    this.sequence = sequence;
    this.millis = millis;
    this.item = item;
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
        ? new Change(Kind.DELETE, key.bytes(), sequence, millis, NOTHING)
        : new Change(Kind.PUT, key.bytes(), sequence, millis, item);
  }

  static Change of(Kind kind, byte[] key, BigInteger sequence, long millis, byte[] item) {
    return new Change(kind, key, sequence, millis, item);
  }

  /** Returns the place of the change alone, without what it has made of the item. */
  public Change mark() {
    return new Change(Kind.MARK, key, sequence, millis, NOTHING);
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

  /** Returns when it happened, in milliseconds since 1970, by a clock of the service. */
  public long millis() {
    return millis;
  }

  /** Returns what the item is after a PUT, in the bytes of its coder; not to be changed. */
  public byte[] item() {
    return item;
  }

  /** Returns about how many bytes of memory it takes. */
  public int heapBytes() {
    return 128 + key.length + item.length;
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return kind + " " + sequence;
  }
}
