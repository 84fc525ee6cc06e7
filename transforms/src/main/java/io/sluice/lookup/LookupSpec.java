/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.dynamodb.verify.GetSpec;
import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.item.KeySchema;
import io.sluice.lookup.event.EventRules;
import io.sluice.lookup.event.EventTarget;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The settings of a {@link LookUpEvents}; not changed any more once it has them. */
final class LookupSpec extends GetSpec {
  private static final long serialVersionUID = 1L;
  private static final Duration CACHED_FOR = Duration.ofMinutes(5);

  private final EventRules rules;
  private final Format format;
  private long cacheBytes;
  private Duration cachedFor = CACHED_FOR;
  private @Nullable EventTarget target;
  private long maxRejects;

  LookupSpec(String table, KeySchema schema, EventRules rules, Format format) {
    super(table, schema);
    this.rules = rules;
    this.format = format;
    setConsistent(false);
    setAttributes(rules.attributes());
  }

  /** Copies the settings, to be changed; the copy is another step. */
  LookupSpec(LookupSpec other) {
    super(other);
    rules = other.rules;
    format = other.format;
    cacheBytes = other.cacheBytes;
    cachedFor = other.cachedFor;
    target = other.target;
    maxRejects = other.maxRejects;
  }

  EventRules rules() {
    return rules;
  }

  /** Returns the format of the events: CSV, or one whose records are JSON objects. */
  Format format() {
    return format;
  }

  AddedValues values() {
    return format instanceof CsvFormat ? AddedValues.TEXT : AddedValues.JSON;
  }

  /** Returns the texts for an event that nothing is added to; none when events stay as they are. */
  List<@Nullable String> nothingAdded() {
    return Collections.nCopies(rules.added().size(), null);
  }

  /** Returns how much heap of a JVM answers may take; 0 for an eighth. */
  long cacheBytes() {
    return cacheBytes;
  }

  Duration cachedFor() {
    return cachedFor;
  }

  /** Returns where events are written; null to count them only. */
  @Nullable EventTarget target() {
    return target;
  }

  long maxRejects() {
    return maxRejects;
  }

  void setCacheBytes(long bytes) {
    cacheBytes = bytes;
  }

  void setCachedFor(Duration time) {
    cachedFor = time;
  }

  void setTarget(EventTarget place) {
    target = place;
  }

  void setMaxRejects(long most) {
    maxRejects = most;
  }
}
