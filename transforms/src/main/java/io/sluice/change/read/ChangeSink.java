/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.Change;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import java.util.List;

/** Takes what is read of files: for each record one of these. */
interface ChangeSink {
  /** The format of rejected records, which no import of items takes for one of its own. */
  PayloadFormat FORMAT = new PayloadFormat("CHANGE", List.of());

  /** Takes a change. */
  void change(Change change);

  /** Takes a record that is no change of the table. */
  void reject(Rejection rejection);

  /** Takes note of a record that is blank, or is left out on purpose. */
  void skip();

  /** Takes what may belong to a record that another file begins or ends. */
  void fragment(Fragment fragment);

  /** Rejects a record. */
  default void reject(Origin origin, byte[] record, InvalidItemException why) {
    reject(Rejection.ofRecord(origin, record, FORMAT, why));
  }
}
