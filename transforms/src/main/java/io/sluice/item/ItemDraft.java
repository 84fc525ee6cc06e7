/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.codec.AttributeOrder;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.Utf8;
import io.sluice.item.codec.ValueTag;
import io.sluice.item.codec.ValueWriter;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes the bytes of an item, in the format of {@link ItemCoder}, from attributes that come in any
 * order.
 *
 * <pre>{@code
 * draft.clear();
 * draft.begin();
 * draft.name("n", utf8OfN);
 * draft.number(text, 0, text.length);
 * draft.end();
 * }</pre>
 *
 * <p>DynamoDB's rules are not checked: {@link EncodedRules} does that. A draft is used again for
 * item after item, and does not keep the memory of a huge one. Not for use by several threads.
 */
public final class ItemDraft {
  private static final int FIRST_BYTES = 1 << 10;
  private static final int FIRST_NAMES = 64;
  private static final int FIRST_LEVELS = 8;

  /** The memory of a draft between items, in bytes. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  /** For how many attributes a draft has room between items. */
  private static final int MAX_KEPT_NAMES = 1 << 12;

  private final AttributeOrder order = new AttributeOrder();
  private ByteWriter out = new ByteWriter(FIRST_BYTES);
  private ByteWriter sorted = new ByteWriter(FIRST_BYTES);

  // Names and positions of the attributes whose item or map has not ended yet. Names are kept
  // beyond that.
  private String[] names = new String[FIRST_NAMES];
  private byte[] @Nullable [] likely = new byte[FIRST_NAMES][];
  private int[] starts = new int[FIRST_NAMES];
  private int[] values = new int[FIRST_NAMES];
  private int open;

  // For each item or map that has not ended: the position of its count, and its first attribute.
  private int[] counts = new int[FIRST_LEVELS];
  private int[] firsts = new int[FIRST_LEVELS];
  private int levels;

  /** Begins again, and drops what was written. */
  public void clear() {
    if (out.array().length > MAX_KEPT_BYTES || sorted.array().length > MAX_KEPT_BYTES) {
      out = new ByteWriter(FIRST_BYTES);
      sorted = new ByteWriter(FIRST_BYTES);
    }
    if (names.length > MAX_KEPT_NAMES) {
      names = new String[FIRST_NAMES];
      likely = new byte[FIRST_NAMES][];
      starts = new int[FIRST_NAMES];
      values = new int[FIRST_NAMES];
    }
    out.clear();
    open = 0;
    levels = 0;
  }

  /**
   * Returns the bytes, for classes that encode values themselves: another writer after {@link
   * #clear}.
   */
  public ByteWriter out() {
    return out;
  }

  /**
   * Writes an S.
   *
   * @return false when the bytes are not UTF-8
   */
  public boolean string(byte[] utf8, int from, int length) {
    out.writeByte(ValueTag.S);
    out.writeBytes(utf8, from, length);
    return Utf8.isValid(utf8, from, length);
  }

  /**
   * Writes an N in its {@linkplain ItemNumber#canonical canonical} spelling, if the text, in ASCII,
   * differs from that at most in zeros at its end.
   *
   * @return false for other texts: those that are no number among them
   */
  public boolean number(byte[] text, int from, int to) {
    return PackedNumber.writeCanonical(text, from, to, out);
  }

  /**
   * Writes unscaled × 10^−scale as an N, with that many digits behind its point.
   *
   * @return false, and writes nothing, for some that are long or small: their text says it
   */
  public boolean number(long unscaled, int scale) {
    return PackedNumber.write(unscaled, scale, out);
  }

  /**
   * Writes unscaled × 10^−scale as an N in its {@linkplain ItemNumber#canonical canonical}
   * spelling.
   *
   * @return false, and writes nothing, for some that are long or small: their text says it
   */
  public boolean canonicalNumber(long unscaled, int scale) {
    return PackedNumber.writeCanonical(unscaled, scale, out);
  }

  /** Writes a B. */
  public void binary(byte[] bytes, int from, int length) {
    out.writeByte(ValueTag.B);
    out.writeBytes(bytes, from, length);
  }

  /**
   * Writes a value of any type, in place of what was written of the last attribute.
   *
   * @throws IllegalArgumentException when it has no type, or a string is not valid Unicode
   */
  public void onlyValue(AttributeValue value) {
    out.truncate(values[open - 1]);
    ValueWriter.write(value, out);
  }

  /** Writes a BOOL. */
  public void bool(boolean value) {
    out.writeByte(value ? ValueTag.TRUE : ValueTag.FALSE);
  }

  /** Writes a NULL. */
  public void nothing() {
    out.writeByte(ValueTag.NULL);
  }

  /** Writes a whole attribute. */
  public void attribute(String name, AttributeValue value) {
    name(name, name.getBytes(UTF_8));
    ValueWriter.write(value, out);
  }

  /** Begins the item, or a map whose {@link ValueTag} was just written. */
  public void begin() {
    if (levels == counts.length) {
      counts = Arrays.copyOf(counts, 2 * levels);
      firsts = Arrays.copyOf(firsts, 2 * levels);
    }
    counts[levels] = out.size();
    firsts[levels] = open;
    levels++;
    out.writeByte(0);
  }

  /**
   * Ends the item or the map that began last, and puts its attributes in order.
   *
   * @throws IllegalArgumentException when a name occurs twice
   */
  public void end() {
    int first = firsts[--levels];
    int count = open - first;
    int[] places = order.of(names, first, count);
    if (places != null) {
      sort(first, places);
    }
    open = first;
    out.setVarInt(counts[levels], count);
  }

  /**
   * Ends the item and returns it, in bytes of its own.
   *
   * @throws IllegalArgumentException when a name occurs twice
   */
  public SourcedItem endOf(Origin origin) {
    end();
    return new SourcedItem(origin, out.toBytes());
  }

  /** Writes the name of an attribute, whose value has to be written next. */
  public void name(String name, byte[] utf8) {
    room();
    names[open] = name;
    likely[open] = null;
    named(utf8);
  }

  /**
   * Writes a name as {@link #name} does, and keeps it as the {@link #likelyName} at this place of
   * the next item.
   */
  public void keepName(String name, byte[] utf8) {
    room();
    names[open] = name;
    likely[open] = utf8;
    named(utf8);
  }

  /** Returns the name that was kept at this place of an item before; null for none. */
  public byte @Nullable [] likelyName() {
    return open < likely.length ? likely[open] : null;
  }

  /** Writes the {@link #likelyName}, which is not null. */
  public void likely() {
    named(likely[open]);
  }

  private void room() {
    if (open == names.length) {
      names = Arrays.copyOf(names, 2 * open);
      likely = Arrays.copyOf(likely, 2 * open);
      starts = Arrays.copyOf(starts, 2 * open);
      values = Arrays.copyOf(values, 2 * open);
    }
  }

  private void named(byte[] utf8) {
    starts[open] = out.size();
    out.writeBytes(utf8);
    values[open] = out.size();
    open++;
  }

  /** Returns how many attributes were written of the item or map that has not ended. */
  public int attributes() {
    return open;
  }

  /** Returns the name of an attribute of the item, which has not ended, by its number from 0. */
  public String name(int attribute) {
    return names[attribute];
  }

  /** Returns a cursor before the value of an attribute: its type is next. */
  public ItemCursor value(int attribute) {
    return ItemCursor.ofValue(out.array(), values[attribute], valueEnd(attribute));
  }

  /** Returns where the value of an attribute begins, with its {@link ValueTag}, in the bytes. */
  int valueAt(int attribute) {
    return values[attribute];
  }

  /** Returns where the value of an attribute ends. */
  int valueEnd(int attribute) {
    return attribute + 1 == open ? out.size() : starts[attribute + 1];
  }

  /**
   * Returns the number of an attribute of the item, which has not ended; -1 when it has none with
   * this name.
   */
  // Names come from a cache, so equal names are mostly the same object.
  @SuppressWarnings({"ReferenceEquality", "StringEquality"})
  public int find(String name) {
    for (int i = 0; i < open; i++) {
      if (names[i] == name || names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Sorts the last attributes by their names: those that stay together are moved together. */
  private void sort(int first, int[] places) {
    sorted.clear();
    int end = out.size();
    for (int i = 0; i < places.length; ) {
      int last = i;
      while (last + 1 < places.length && places[last + 1] == places[last] + 1) {
        last++;
      }
      int start = starts[first + places[i]];
      int next = first + places[last] + 1;
      sorted.writeRaw(out.array(), start, (next == open ? end : starts[next]) - start);
      i = last + 1;
    }
    System.arraycopy(sorted.array(), 0, out.array(), starts[first], sorted.size());
  }
}
