/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.JobInput;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.fs.MatchResult;

/** What an import reads: files of items, or changes. */
interface ImportSource extends JobInput {

  /** Reads what is to be written, of each key at most once. */
  Outcome read(InputJob job, Ledger ledger, Pipeline pipeline);

  /** Returns the files that are deleted when all is written. */
  List<MatchResult.Metadata> deletedFiles();
}
