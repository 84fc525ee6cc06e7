/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.ScriptedDynamoDb.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repair that fails on its way. */
@Timeout(120)
class FailedRepairTest {
  @TempDir Path folder;

  private final String table = "t-" + UUID.randomUUID();
  private final ScriptedDynamoDb db = ScriptedDynamoDb.start();

  @AfterEach
  void close() {
    db.close();
  }

  /** The table is empty, takes one batch, and then is gone. */
  @ParameterizedTest
  @CsvSource({
    "--prune=false, 'written to TABLE: the same command writes what is left'",
    "--prune=true, 'written to TABLE or deleted from it: the same command goes on with what is left'"
  })
  void itSaysHowMuchIsWritten(String option, String told) throws IOException {
    db.answer("DescribeTable", List.of(ScriptedDynamoDb.described("ACTIVE")));
    db.answer("Scan", List.of(Answer.of("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}")));
    db.answer("BatchWriteItem", List.of(ScriptedDynamoDb.ALL_WRITTEN, ScriptedDynamoDb.NO_TABLE));
    StringBuilder text = new StringBuilder("id\n");
    for (int i = 0; i < 50; i++) {
      text.append("k").append(i).append('\n');
    }
    Path input = Files.writeString(folder.resolve("in.csv"), text);
    // One worker, so that the second batch comes after the first.
    VerifyOptions options =
        OneWorker.options(
            VerifyOptions.class, "--repair", option, "--input=" + input, "--shards=1");
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    options.setTable(table);
    Printed printed = new Printed();
    JobException e =
        assertThrows(JobException.class, () -> VerifyPipeline.run(options, printed.console()));
    assertThat(
        e.getMessage(),
        matchesPattern(
            ".*ResourceNotFoundException.*; at least [0-9]+ items were "
                + told.replace("TABLE", table)));
  }
}
