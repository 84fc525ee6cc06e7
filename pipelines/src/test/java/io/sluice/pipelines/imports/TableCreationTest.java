/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.ScriptedDynamoDb.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an import leaves behind and reports when it creates its table or fails. */
@Timeout(120)
class TableCreationTest {
  @TempDir Path folder;

  private final String table = "t-" + UUID.randomUUID();
  private final ScriptedDynamoDb db = ScriptedDynamoDb.start();

  @BeforeEach
  void aTableThatCanBeCreated() {
    db.answer(
        "DescribeTable",
        List.of(
            ScriptedDynamoDb.NO_TABLE,
            ScriptedDynamoDb.NO_TABLE,
            ScriptedDynamoDb.described("ACTIVE")));
    db.answer(
        "CreateTable",
        List.of(Answer.of("{\"TableDescription\":" + ScriptedDynamoDb.table("ACTIVE") + "}")));
    db.answer("BatchWriteItem", List.of(ScriptedDynamoDb.ALL_WRITTEN));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private ImportOptions options(String text, String... more) throws IOException {
    Path input = Files.writeString(folder.resolve("in.csv"), text);
    ImportOptions options = PipelineOptionsFactory.fromArgs(more).as(ImportOptions.class);
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    options.setInput(List.of(input.toString()));
    options.setTable(table);
    options.setCreateTable("ON_DEMAND");
    options.setPartitionKey("id:S");
    return options;
  }

  @Test
  void itIsCreatedWhenThereIsSomethingToWrite() throws IOException {
    assertThat(ImportPipeline.run(options("id,a\n1,2\n"), Printed.unread()), is(ExitCode.OK));
    assertThat(db.asked("CreateTable"), is(1L));
    assertThat(db.asked("BatchWriteItem"), is(1L));
  }

  /** Everything is rejected, the gate is closed, or the input is empty. */
  @ParameterizedTest
  @CsvSource({"'id,a\n,2\n',3", "'id,a\n1,2\n,2\n',3", "'id,a\n',0"})
  void noEmptyTableIsLeftBehind(String text, int exitCode) throws IOException {
    assertThat(ImportPipeline.run(options(text), Printed.unread()), is(exitCode));
    assertThat(db.asked("CreateTable"), is(0L));
  }

  @Test
  void norByInputThatCannotBeRead() throws IOException {
    ImportOptions options = options("id,a\n1,2\n", "--format=PARQUET");
    assertThrows(JobException.class, () -> ImportPipeline.run(options, Printed.unread()));
    assertThat(db.asked("CreateTable"), is(0L));
  }

  @Test
  void aJobThatFailsSaysHowMuchIsWritten() throws IOException {
    db.answer("DescribeTable", List.of(ScriptedDynamoDb.described("ACTIVE")));
    db.answer(
        "BatchWriteItem",
        List.of(
            ScriptedDynamoDb.ALL_WRITTEN,
            new Answer(
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}",
                null)));
    StringBuilder text = new StringBuilder("id\n");
    for (int i = 0; i < 50; i++) {
      text.append("k").append(i).append('\n');
    }
    // One worker, so that the second batch comes after the first.
    ImportOptions options = options(text.toString(), "--targetParallelism=1", "--shards=1");
    JobException e =
        assertThrows(JobException.class, () -> ImportPipeline.run(options, Printed.unread()));
    assertThat(
        e.getMessage(),
        allOf(
            containsString("ResourceNotFoundException"),
            containsString(" items were written to " + table)));
  }

  /**
   * The submitting program finds the table; the workers look for themselves, and do not find it.
   */
  @ParameterizedTest
  @CsvSource({
    "ResourceNotFoundException, is not there",
    "AccessDeniedException, cannot be described: access denied"
  })
  void aLookupThatFailsInAWorkerNamesTheTable(String error, String said) throws IOException {
    db.answer(
        "DescribeTable",
        List.of(
            ScriptedDynamoDb.described("ACTIVE"),
            new Answer(
                400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\"}", null)));
    ImportOptions options = options("id\n1\n2\n");
    JobException e =
        assertThrows(JobException.class, () -> ImportPipeline.run(options, Printed.unread()));
    assertThat(
        e.getMessage(),
        allOf(
            containsString(said),
            containsString("table " + table),
            containsString("no item is known to be written")));
    assertThat(db.asked("BatchWriteItem"), is(0L));
  }
}
