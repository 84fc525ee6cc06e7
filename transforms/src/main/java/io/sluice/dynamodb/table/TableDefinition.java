/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a table is created: what a copy of it needs to serve the same requests. It has no items, and
 * nothing of what belongs to an account or to operating a table: encryption, backups, replicas,
 * automatic scaling, policies, warm throughput.
 *
 * @param keySchema its primary key
 * @param indexes its secondary indexes, local and global, in DynamoDB's order
 * @param billing its billing mode; its global indexes have the same
 * @param stream the view type of its stream, as DynamoDB names it; null for no stream
 * @param tableClass its table class, as DynamoDB names it; null for the standard one
 * @param timeToLive the attribute of its time to live; null for none, or if that is not recorded
 * @param tags its tags; none if they are not recorded
 * @param notRecorded what the table may have had that is not known here
 */
public record TableDefinition(
    KeySchema keySchema,
    List<IndexDefinition> indexes,
    Billing billing,
    @Nullable String stream,
    @Nullable String tableClass,
    @Nullable String timeToLive,
    Map<String, String> tags,
    Set<Part> notRecorded)
    implements Serializable {

  /** Tags that begin so are set by AWS, and by nobody else. */
  private static final String RESERVED_TAGS = "aws:";

  /** A part of a definition that may be lacking. */
  public enum Part {
    /** Nobody could say whether it has one. */
    TIME_TO_LIVE("its time to live"),
    /** Nobody could say whether it has any. */
    TAGS("its tags"),
    /** It has some. */
    VECTOR_INDEXES("its vector indexes");

    private final String text;

    Part(String text) {
      this.text = text;
    }

    /** Returns the part in words, for people. */
    public String text() {
      return text;
    }
  }

  public TableDefinition {
    indexes = List.copyOf(indexes);
    // In an order that is the same in every JVM.
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    notRecorded = Collections.unmodifiableSet(new TreeSet<>(notRecorded));
    Set<String> names = new HashSet<>();
    Map<String, KeyAttribute.Type> types = new TreeMap<>();
    keySchema.attributes().forEach(key -> types.put(key.name(), key.type()));
    for (IndexDefinition index : indexes) {
      if (!names.add(index.name())) {
        throw new IllegalArgumentException("there are two indexes named '" + index.name() + "'");
      }
      for (KeyAttribute key : index.key()) {
        KeyAttribute.Type other = types.put(key.name(), key.type());
        if (other != null && other != key.type()) {
          throw new IllegalArgumentException(
              "the key attribute '%s' is both %s and %s".formatted(key.name(), other, key.type()));
        }
      }
      if (index.billing() != null
          && (index.billing().provisioned() == null) != (billing.provisioned() == null)) {
        throw new IllegalArgumentException(
            "the index '" + index.name() + "' has another billing mode than the table");
      }
    }
  }

  /** A table without indexes, stream, time to live and tags. */
  public static TableDefinition of(KeySchema keySchema, Billing billing) {
    return new TableDefinition(keySchema, List.of(), billing, null, null, null, Map.of(), Set.of());
  }

  /** Returns the same with a time to live by this attribute; null for none. */
  TableDefinition withTimeToLive(@Nullable String attribute) {
    return new TableDefinition(
        keySchema, indexes, billing, stream, tableClass, attribute, tags, notRecorded);
  }

  TableDefinition withTags(Map<String, String> others) {
    return new TableDefinition(
        keySchema, indexes, billing, stream, tableClass, timeToLive, others, notRecorded);
  }

  TableDefinition without(Part part) {
    Set<Part> all = new TreeSet<>(notRecorded);
    all.add(part);
    return new TableDefinition(
        keySchema, indexes, billing, stream, tableClass, timeToLive, tags, all);
  }

  /** Returns the key attributes of table and indexes, each once. */
  public List<KeyAttribute> keyAttributes() {
    TreeMap<String, KeyAttribute> all = new TreeMap<>();
    keySchema.attributes().forEach(key -> all.put(key.name(), key));
    indexes.forEach(index -> index.key().forEach(key -> all.put(key.name(), key)));
    return List.copyOf(all.values());
  }

  /** Returns the tags that a new table can be given: not those of AWS itself. */
  public Map<String, String> ownTags() {
    TreeMap<String, String> own = new TreeMap<>(tags);
    own.keySet().removeIf(key -> key.startsWith(RESERVED_TAGS));
    return own;
  }
}
