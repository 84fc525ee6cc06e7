/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static io.sluice.dynamodb.write.TestWriter.soon;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.WorkerJvm;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.GeneratedItems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs of their own that divide one budget for reading. */
class ManyScannersTest {
  private static final double BUDGET = 400;
  private static final double PAGE_UNITS = 128;
  private static final int SEGMENTS = 4;

  @TempDir Path folder;

  @Test
  void aJvmUsesWhatIsLeftOfAKilledOne() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(
            TestTable.settings(TestTable.table().withProvisioned(10, (long) (2 * BUDGET)))
                .withGenerated(new GeneratedItems(16_000, 1000)))) {
      ScanSource source =
          ScanSource.of(
              TestScan.spec(
                  db,
                  spec -> {
                    spec.segments = SEGMENTS;
                    spec.setBudget(Budget.ofRatio(0.5).withWorkers(2));
                    spec.setCoordination(folder.toString());
                  }));
      try (WorkerJvm one = ScannerJvm.start(source);
          WorkerJvm two = ScannerJvm.start(source)) {
        assertThat(soon(() -> isShared(one, two)), is(true));
        one.kill();
        assertThat(soon(() -> Math.abs(two.allowed() - BUDGET) < 2), is(true));
        Books books = db.books();
        double most = BUDGET * (books.seconds() + 0.1) + 2 * SEGMENTS * PAGE_UNITS;
        assertThat("never more than allowed", books.readUnits(), is(lessThan(most)));
      }
    }
  }

  private static boolean isShared(WorkerJvm one, WorkerJvm two) {
    return Math.abs(one.allowed() - BUDGET / 2) < 2 && Math.abs(two.allowed() - BUDGET / 2) < 2;
  }
}
