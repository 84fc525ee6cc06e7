/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which file names an export gives, and so may remove. */
class OwnFilesTest {

  @ParameterizedTest
  @CsvSource({
    "_started, true",
    "_manifest.json, true",
    "_SUCCESS, true",
    "_held, true",
    "part-3f2a-00000.parquet, true",
    "part-0000.snappy, true",
    "part-, false",
    "Part-1.json, false",
    "apart-1.json, false",
    "part-1/x, false",
    "more/part-1.json, false",
    "notes.txt, false",
    "_started/x, false",
    "AWSDynamoDB/01769901960123-0a1b2c3d/_started, true",
    "AWSDynamoDB/01769901960123-0a1b2c3d/manifest-files.json, true",
    "AWSDynamoDB/01769901960123-0a1b2c3d/manifest-summary.md5, true",
    "AWSDynamoDB/01769901960123-0a1b2c3d/data/part-1.json.gz, true",
    "AWSDynamoDB/01769901960123-0a1b2c3d/data/a.json.gz, false",
    "AWSDynamoDB/01769901960123-0a1b2c3d/data/part-1/a, false",
    "AWSDynamoDB/mine/_started, false",
    "x/AWSDynamoDB/01769901960123-0a1b2c3d/_started, false",
  })
  void inTheFolderOfASnapshot(String name, boolean own) {
    assertThat(OwnFiles.isOfSnapshot(name), is(own));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T23-26-00-123Z-0a1b2c3d/part-1.parquet, true",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/_probe, true",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/scan/000000/000000000001.pages, true",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/scan/000000/.123.new, true",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/scan/000000/1.pages, false",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/scan/x/000000000001.pages, false",
    "_unfinished.json, false",
    ".123.new, true",
    ".probe-0a1b2c3d-0000-4000-8000-0123456789ab, true",
    ".probe, false",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/notes.txt, false",
    "2026-01-31T23-26-00-123Z-0a1b2c3d/a/part-1.parquet, false",
    "2026-01-31T23-26-00-123Z-0a1b2c3/part-1.parquet, false",
    "2026-13-31T23-26-00-123Z-0a1b2c3d/part-1.parquet, false",
    "mine/part-1.parquet, false",
    "part-1.parquet, false",
    "/part-1.parquet, false",
  })
  void amongTheStaged(String name, boolean own) {
    assertThat(OwnFiles.isStaged(name), is(own));
  }
}
