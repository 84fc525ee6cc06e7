/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An import into a DynamoDB that fails in every way that it has: of each way a part of the
 * requests, which together is more than half. By the endpoint's own books, each item is there.
 */
class WriteFaultsIT {
  /**
   * Of each kind of request without an answer, after which the client gives up in 10 s. With {@code
   * -Dsluice.hangingShare=0.05} it is as many as of the other faults, and minutes for each runner,
   * of which nothing else would come than of a tenth.
   */
  private static final double HANGING_SHARE =
      Double.parseDouble(System.getProperty("sluice.hangingShare", "0.005"));

  private static FaultyImport faulty;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    faulty = new FaultyImport();
  }

  @AfterAll
  static void stop() {
    faulty.close();
  }

  @BeforeEach
  void reset() {
    faulty.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void everyItemArrivesWhateverGoesWrong(String profile) throws IOException {
    Records records = Records.write(folder.resolve("records.csv"), 100_000, true);
    // The end of each bundle waits for its slowest requests: so few bundles.
    Books books = faulty.run(folder, profile, records, HANGING_SHARE, "--shards=1");
    for (Fault fault : Fault.values()) {
      assertThat(
          fault + " in " + books,
          books.faults(fault),
          greaterThan(FaultyImport.isHang(fault) ? 12L : 200L));
    }
    assertThat(books.requests("BatchWriteItem", "ValidationException"), greaterThan(0L));
  }
}
