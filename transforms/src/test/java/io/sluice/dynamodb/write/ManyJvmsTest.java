/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static io.sluice.dynamodb.write.TestWriter.soon;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.WorkerJvm;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JVMs of their own that divide one budget. The books count all of them; how exact the division is
 * over time, {@code BudgetBenchmark} measures.
 */
class ManyJvmsTest {
  private static final double BUDGET = 1000;
  private static final double EXACT = 5;

  @TempDir Path folder;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          TestTable.settings(TestTable.table().withProvisioned((long) (2 * BUDGET), 10)));

  @AfterEach
  void close() {
    db.close();
  }

  private WriteSpec spec() {
    WriteSpec spec = TestTable.spec(db);
    spec.setBudget(Budget.ofRatio(0.5).withWorkers(2));
    spec.setCoordination(folder.toString());
    return spec;
  }

  private static boolean have(double one, WorkerJvm jvm, double other, WorkerJvm second)
      throws InterruptedException {
    return soon(
        () -> Math.abs(jvm.allowed() - one) < EXACT && Math.abs(second.allowed() - other) < EXACT);
  }

  @Test
  void aJvmUsesWhatOthersDoNotAndWhatIsLeftOfAKilledOne() throws Exception {
    WriteSpec spec = spec();
    try (WorkerJvm one = WriterJvm.start(spec);
        WorkerJvm two = WriterJvm.start(spec)) {
      assertThat("each half", have(500, one, 500, two), is(true));
      two.rest();
      assertThat("one has no work", have(1000, one, 0, two), is(true));
      two.work();
      assertThat("work again", have(500, one, 500, two), is(true));
      one.kill();
      assertThat("killed", soon(() -> Math.abs(two.allowed() - BUDGET) < EXACT), is(true));
      Books books = db.books();
      double most = BUDGET * (books.seconds() + 0.1) + 2 * PutBatch.MAX_ITEMS;
      assertThat("never more than allowed", books.writeUnits(), is(lessThan(most)));
      assertThat(books.throttled("BatchWriteItem"), is(0L));
    }
  }

  @Test
  void aJvmThatIsAloneHasAll() throws Exception {
    try (WorkerJvm jvm = WriterJvm.start(spec())) {
      assertThat(soon(() -> jvm.allowed() == BUDGET), is(true));
      double before = db.books().writeUnits();
      assertThat(soon(() -> db.books().writeUnits() > before + 500), is(true));
    }
  }
}
