/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The files that one operation of DynamoDB is to load. It is written once, before the operation is
 * started, and never changes: whoever repeats the step, or the whole job, goes on with this
 * operation.
 *
 * @param number of the claim among those of its run, from 1
 * @param after the number of the claim whose rest it is; 0 for none
 * @param submission of the job that wrote it, in whose folder the staged files are
 * @param folder of the files that DynamoDB reads, within that of the run, ending in a slash
 */
record Claim(int number, int after, String submission, String folder, List<StagedFile> files) {
  Claim {
    files = List.copyOf(files);
  }

  long items() {
    return files.stream().mapToLong(StagedFile::items).sum();
  }

  /** Returns the token by which DynamoDB knows the operation again. */
  String token() {
    return UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
