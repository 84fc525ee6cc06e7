/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An import by DynamoDBIO into a DynamoDB that fails in every way but one: that it does not answer.
 */
class DynamoDbIoFaultsIT {
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

  /**
   * DynamoDBIO waits for each batch before the next, and an item that DynamoDB refuses fails the
   * job: so it has less to write, no such item, and an answer to each request; and more threads
   * than a laptop has, for it pauses for 5 s and more.
   */
  @ParameterizedTest
  @CsvSource({
    "direct, --targetParallelism=8",
    "flink, --parallelism=8",
    "spark, --sparkMaster=local[8]"
  })
  void everyItemArrivesWhateverGoesWrong(String profile, String threads) throws IOException {
    Records records = Records.write(folder.resolve("records.csv"), 10_000, false);
    Books books = faulty.run(folder, profile, records, 0, "--writeEngine=dynamodbio", threads);
    for (Fault fault : Fault.values()) {
      assertThat(fault + " in " + books, books.faults(fault) > 12, is(!FaultyImport.isHang(fault)));
    }
  }
}
