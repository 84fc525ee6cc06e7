/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * The types that occur in items: for each attribute, at every level, which types there are and how
 * often, and for numbers how many digits. A schema that holds all of the items is made from it.
 *
 * <p>It is exact and covers every item that was added, however many there are, and its size is
 * bounded, whatever they contain:
 *
 * <ul>
 *   <li>An M whose places have more than 200 names in all becomes a map from any name to one type.
 *   <li>If items have more than 2,000 names in all, only the key's attributes are followed.
 *   <li>Values are followed 12 levels deep.
 *   <li>All names and places together weigh at most about 1 MiB. Beyond that, the heaviest are
 *       given up: an M becomes a map, a map or a list is followed no further.
 * </ul>
 *
 * <p>The schema does not depend on the order of {@link #add} and {@link #merge}, unless that last
 * bound was reached: then the order may decide what is given up.
 *
 * <p>Mutable. Not thread-safe.
 */
@DefaultCoder(InferredSchemaCoder.class)
public final class InferredSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  /** With more names than this, items have no columns except the key's. */
  static final int MAX_ATTRIBUTES = 2_000;

  private static final long MAX_WEIGHT = 1 << 20;

  private final KeySchema key;
  private final Weight weight = new Weight();
  private long items;
  private Members attributes = new Members(MAX_ATTRIBUTES);
  private boolean more;

  private InferredSchema(KeySchema key) {
    this.key = key;
  }

  /** Creates the schema of no items yet, for a table with this key. */
  public static InferredSchema of(KeySchema key) {
    return new InferredSchema(key);
  }

  /** Creates the schema that the coder has read. */
  static InferredSchema of(KeySchema key, long items, Members attributes, boolean more) {
    InferredSchema schema = new InferredSchema(key);
    schema.items = items;
    schema.attributes = attributes;
    schema.more = more;
    schema.weight.add(attributes.weight());
    return schema;
  }

  /**
   * Adds an item.
   *
   * @throws IllegalArgumentException when its bytes are corrupt
   */
  public void add(SourcedItem item) {
    add(ItemCursor.of(item));
  }

  /**
   * Adds an item.
   *
   * @param in before the item's attributes
   * @throws IllegalArgumentException when its bytes are corrupt
   */
  public void add(ItemCursor in) {
    items++;
    int next = 0;
    for (int left = in.count(); left > 0; left--) {
      String name = attributes.nextName(in, next);
      int at = attributes.indexOf(name, next);
      if (at < 0 && !isFollowed(name)) {
        in.type();
        in.skip();
        continue;
      }
      Place place = at >= 0 ? attributes.place(at) : attributes.insert(name, weight);
      place.add(in, 1, weight);
      next = at + 1;
    }
    lighten();
  }

  /** Whether a new name gets a place. */
  private boolean isFollowed(String name) {
    if (!more && !attributes.hasRoom()) {
      followKeyOnly();
    }
    return !more || isKey(name);
  }

  private boolean isKey(String name) {
    KeyAttribute sortKey = key.sortKey();
    return key.partitionKey().name().equals(name)
        || (sortKey != null && sortKey.name().equals(name));
  }

  private void followKeyOnly() {
    Members all = attributes;
    weight.add(-all.weight());
    more = true;
    attributes = new Members(MAX_ATTRIBUTES);
    for (int i = 0; i < all.size(); i++) {
      if (isKey(all.name(i))) {
        attributes.insert(all.name(i), weight).merge(all.place(i), weight);
      }
    }
  }

  /**
   * Adds everything of another schema, which stays as it is.
   *
   * @throws IllegalArgumentException when that has another key
   */
  public void merge(InferredSchema other) {
    if (!key.equals(other.key)) {
      throw new IllegalArgumentException(
          "the key is %s, the other one's %s".formatted(key, other.key));
    }
    items += other.items;
    if (other.more && !more) {
      followKeyOnly();
    }
    for (int i = 0; i < other.attributes.size(); i++) {
      String name = other.attributes.name(i);
      if (attributes.indexOf(name, i) >= 0 || isFollowed(name)) {
        // Looked up again: if there were too many names, most are gone now.
        int at = attributes.indexOf(name, i);
        Place place = at >= 0 ? attributes.place(at) : attributes.insert(name, weight);
        place.merge(other.attributes.place(i), weight);
      }
    }
    lighten();
  }

  /** Gives up places until the weight is well within its bound. */
  private void lighten() {
    if (weight.total() <= MAX_WEIGHT) {
      return;
    }
    while (weight.total() > MAX_WEIGHT / 4 * 3) {
      Place heaviest = attributes.heaviest();
      if (heaviest == null) {
        followKeyOnly();
        return;
      }
      heaviest.lighten(weight);
    }
  }

  /** Returns the key of the items' table. */
  public KeySchema key() {
    return key;
  }

  /** Returns how many items were added. */
  public long items() {
    return items;
  }

  Members attributes() {
    return attributes;
  }

  /** Whether only the key's attributes are followed. */
  boolean hasMore() {
    return more;
  }

  /** Returns the total of names and places, in the unit of {@link Weight}. */
  long weight() {
    return weight.total();
  }

  /**
   * Returns the schema that holds every item that was added; always the same for the same items.
   * Its fields have names that Avro accepts, whatever the naming of the columns.
   *
   * @param recordName the name of the record; characters that Avro does not accept are replaced
   * @param naming of the columns in Parquet; Avro files have only ASCII names
   */
  public TableSchema toSchema(String recordName, ColumnNaming naming) {
    return toSchema(recordName, naming, TableSchema.Maps.WHOLE);
  }

  /** Returns the schema with Ms as columns in one of two ways, see the others. */
  public TableSchema toSchema(String recordName, ColumnNaming naming, TableSchema.Maps maps) {
    return SchemaDraft.of(occurring(), recordName, naming, maps).schema();
  }

  /**
   * Returns the schema with {@link ColumnNaming#UNICODE}, see {@link #toSchema(String,
   * ColumnNaming)}.
   */
  public TableSchema toSchema(String recordName) {
    return toSchema(recordName, ColumnNaming.UNICODE);
  }

  /**
   * Returns notes for people on {@link #toSchema(String, ColumnNaming, TableSchema.Maps)}:
   * attributes of several types, columns whose name differs from the attribute's, and so on; in the
   * order of the columns.
   */
  public List<SchemaNote> notes(ColumnNaming naming, TableSchema.Maps maps) {
    return SchemaDraft.of(occurring(), "items", naming, maps).notes();
  }

  /** Returns notes for people on {@link #toSchema(String, ColumnNaming)}. */
  public List<SchemaNote> notes(ColumnNaming naming) {
    return notes(naming, TableSchema.Maps.WHOLE);
  }

  /** Returns notes for people on {@link #toSchema(String)}. */
  public List<SchemaNote> notes() {
    return notes(ColumnNaming.UNICODE);
  }

  private SchemaDraft.Occurring occurring() {
    return new SchemaDraft.Occurring(key(), attributes(), items(), hasMore());
  }

  /**
   * Reads what {@link #bytes} returned.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static InferredSchema ofBytes(byte[] bytes) {
    try {
      return InferredSchemaCoder.of().decode(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException("the bytes of a schema are corrupt", e);
    }
  }

  /** Returns what occurs in the items, encoded. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      InferredSchemaCoder.of().encode(this, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  /** Serializes the bytes of the coder in Java's serialization, too. */
  private Object writeReplace() {
    return new Serialized(bytes());
  }

  private record Serialized(byte[] bytes) implements Serializable {
    private Object readResolve() {
      return ofBytes(bytes);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof InferredSchema other && Arrays.equals(bytes(), other.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "what occurs in " + items + " items";
  }
}
