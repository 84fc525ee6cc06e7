/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The table whose changes are wanted, among records that name theirs.
 *
 * @param table its name; null when the records name none
 * @param others what to do with the changes of other tables
 * @param hasStream whether the records name the stream that they are from; null if that is not
 *     known, and some may
 */
public record ChangeSource(@Nullable String table, Others others, @Nullable Boolean hasStream)
    implements Serializable {

  /** What to do with the changes of other tables. */
  public enum Others {
    /** They are left out, and counted: the table was asked for. */
    SKIPPED,
    /** They are refused, since nobody said which table was meant. */
    REFUSED,
    /** They are taken: it is not known that there are several tables. */
    TAKEN
  }

  /** Records of which nothing is known. */
  public static final ChangeSource UNKNOWN = new ChangeSource(null, Others.TAKEN, null);

  /** Returns the same for a table that was asked for. */
  public ChangeSource of(String other) {
    return new ChangeSource(other, Others.SKIPPED, hasStream);
  }
}
