/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.item.KeySchema;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.JobInput;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.source.KeyFrom;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.fs.MatchResult;

/** What an import reads: items, or changes. It is open until the job has ended. */
interface ImportSource extends JobInput, AutoCloseable {

  /** Reads what is to be written, of each key at most once. */
  Outcome read(InputJob job, Ledger ledger, Pipeline pipeline);

  /**
   * Checks that records can have the key of a table.
   *
   * @throws io.sluice.pipelines.cli.JobException when it is known that none can
   */
  default void checkKey(KeySchema key, KeyFrom keyFrom) {}

  /** Whether what is read was there at one moment. */
  default boolean isOneState() {
    return true;
  }

  /** Returns where items come from: files, and folders of manifests; none when it is not known. */
  default List<String> places() {
    return List.of();
  }

  /** Returns the files that are read; none for a database. */
  List<MatchResult.Metadata> files();

  @Override
  default void close() {}
}
