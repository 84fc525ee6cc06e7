/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.item.KeySchema;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The settings of a step that reads items by key; not changed any more once it has them. */
public class GetSpec extends TableAccess {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATIO = 0.25;

  private final KeySchema schema;
  private boolean consistent = true;
  private @Nullable List<String> attributes;

  /** Reads whole items, consistently, within a quarter of the capacity. */
  public GetSpec(String table, KeySchema schema) {
    super(table, Budget.ofRatio(DEFAULT_RATIO));
    this.schema = schema;
  }

  /** Copies the settings, to be changed; the copy is another step. */
  public GetSpec(GetSpec other) {
    super(other);
    schema = other.schema;
    consistent = other.consistent;
    attributes = other.attributes;
  }

  /** Reads the table within the budget of another step, which does not run at the same time. */
  GetSpec(TableAccess other, KeySchema schema, boolean consistent) {
    super(other);
    this.schema = schema;
    this.consistent = consistent;
  }

  public boolean isConsistent() {
    return consistent;
  }

  /** Sets whether reads see every write that was answered before, for twice the units. */
  public void setConsistent(boolean other) {
    consistent = other;
  }

  /** Returns the attributes that are read besides the key; null for all. */
  @Nullable List<String> attributes() {
    return attributes;
  }

  /** Reads these attributes and the key only; that takes as many units as whole items do. */
  public void setAttributes(List<String> names) {
    attributes = List.copyOf(names);
  }

  public KeySchema schema() {
    return schema;
  }
}
