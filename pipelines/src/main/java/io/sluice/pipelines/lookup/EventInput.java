/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.lookup.event.EventTarget;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.input.InputSummary;
import io.sluice.pipelines.input.JobInput;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a lookup says of its input, and of what it does with it. */
record EventInput(
    InputListing files, LookupPlan plan, LookupChoice choice, @Nullable EventTarget target)
    implements JobInput {

  @Override
  public long bytes() {
    return files.bytes();
  }

  @Override
  public boolean isCompressed() {
    return files.isCompressed();
  }

  @Override
  public Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>(files.properties());
    properties.put(InputSummary.LOOKUP_BY, choice.text());
    properties.put("where", plan.wanted().name());
    properties.put("key", String.join(",", plan.key()));
    if (!plan.added().isEmpty()) {
      properties.put("enrich", String.join(",", plan.added().keySet()));
    }
    if (target != null) {
      properties.put("output", target.claim() == null ? plan.output() : target.output());
    }
    return properties;
  }
}
