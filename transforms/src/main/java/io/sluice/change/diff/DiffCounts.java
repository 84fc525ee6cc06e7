/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Counts of a comparison.
 *
 * @param from items of the earlier state
 * @param to items of the later one
 * @param added items whose key only the later state has
 * @param changed items with other attributes in the later state
 * @param removed items whose key only the earlier state has
 * @param unchanged items that are the same
 * @param attributes in how many of the changed items an attribute differs, by its name; of over
 *     1,000 names the first by their text
 * @param otherAttributes the sum of the counts of all other attributes
 */
public record DiffCounts(
    long from,
    long to,
    long added,
    long changed,
    long removed,
    long unchanged,
    TreeMap<String, Long> attributes,
    long otherAttributes)
    implements Serializable {

  /** Those of two states without items. */
  public static final DiffCounts NONE = new DiffCounts(0, 0, 0, 0, 0, 0, new TreeMap<>(), 0);

  public DiffCounts {
    attributes = new TreeMap<>(attributes);
  }

  /** Returns how many items differ. */
  public long differences() {
    return added + changed + removed;
  }

  /** Returns how many keys one of the two states has. */
  public long keys() {
    return differences() + unchanged;
  }

  /** Whether each item of either state has one of three fates. */
  public boolean addsUp() {
    return from == removed + changed + unchanged && to == added + changed + unchanged;
  }

  /** Returns a function that adds up counts, in whatever order they come. */
  public static SerializableFunction<Iterable<DiffCounts>, DiffCounts> sum() {
    return new SumFn();
  }

  private static final class SumFn
      implements SerializableFunction<Iterable<DiffCounts>, DiffCounts> {
    private static final long serialVersionUID = 1L;

    @Override
    public DiffCounts apply(Iterable<DiffCounts> some) {
      long from = 0;
      long to = 0;
      long added = 0;
      long changed = 0;
      long removed = 0;
      long unchanged = 0;
      AttributeCounts attributes = new AttributeCounts();
      for (DiffCounts counts : some) {
        from += counts.from;
        to += counts.to;
        added += counts.added;
        changed += counts.changed;
        removed += counts.removed;
        unchanged += counts.unchanged;
        attributes.add(counts.attributes, counts.otherAttributes);
      }
      return new DiffCounts(
          from, to, added, changed, removed, unchanged, attributes.names(), attributes.others());
    }
  }

  /** Returns the attributes that differ most often first; equal counts are ordered by name. */
  public List<Map.Entry<String, Long>> byFrequency() {
    return attributes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }
}
