/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static io.sluice.testing.Outcomes.assertLast;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.write.WriteEngine;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.SourcedItemCoder;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.ScriptedDynamoDb.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Tables that are created when there is something to write, and that become active late. */
@Timeout(60)
class CreateTableTest {
  private final String table = "t-" + UUID.randomUUID();
  private final ScriptedDynamoDb db = ScriptedDynamoDb.start();
  private final TestPipeline pipeline = Outcomes.pipeline();

  @BeforeEach
  void aTableThatTakesAMoment() {
    db.answer(
        "DescribeTable",
        List.of(
            ScriptedDynamoDb.NO_TABLE,
            ScriptedDynamoDb.described("CREATING"),
            ScriptedDynamoDb.described("CREATING"),
            ScriptedDynamoDb.described("ACTIVE")));
    db.answer(
        "CreateTable",
        List.of(Answer.of("{\"TableDescription\":" + ScriptedDynamoDb.table("CREATING") + "}")));
    db.answer("BatchWriteItem", List.of(ScriptedDynamoDb.ALL_WRITTEN));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private WriteTable write(WriteEngine engine, KeySchema key) {
    return WriteTable.to(table, key)
        .withEngine(engine)
        .withClient(
            ClientConfiguration.builder()
                .endpoint(db.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build())
        .creatingTable(Billing.ON_DEMAND);
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void itIsCreatedWhenThereIsAnItem(WriteEngine engine) {
    long began = System.nanoTime();
    Outcome outcome =
        pipeline.apply(Create.of(TestTable.item("a"))).apply(write(engine, TestTable.KEY));
    assertLast(outcome, List.of(), new Tally(Map.of(Count.WRITTEN, 1L), Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
    assertThat(db.asked("CreateTable"), is(1L));
    assertThat(db.asked("BatchWriteItem"), is(1L));
    // The SDK's waiter would have slept for 20 s.
    assertThat(Duration.ofNanos(System.nanoTime() - began), lessThan(Duration.ofSeconds(19)));
    assertThat(Progress.written(table).orElseThrow(), is(1L));
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void itIsNotWhenThereIsNone(WriteEngine engine) {
    Outcome outcome =
        pipeline.apply(Create.empty(SourcedItemCoder.of())).apply(write(engine, TestTable.KEY));
    Outcomes.assertSum(outcome.tallies(), Tally.EMPTY);
    pipeline.run().waitUntilFinish();
    assertThat(db.asked("CreateTable"), is(0L));
    assertThat(Progress.written(table).isPresent(), is(false));
  }

  @Test
  void oneOfAnotherKeyThatSomebodyElseCreatedIsNotWritten() {
    db.answer("DescribeTable", List.of(ScriptedDynamoDb.described("ACTIVE")));
    SourcedItem item = TestTable.item("a", "x");
    pipeline
        .apply(Create.of(item))
        .apply(write(WriteEngine.ASYNC, KeySchema.of(KeyAttribute.parse("text:S"))));
    Throwable failure =
        assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline));
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    assertThat(
        failure.getMessage(),
        containsString(
            "the table "
                + table
                + " was created by another meanwhile, with the key id:S, not text:S"));
    assertThat(db.asked("BatchWriteItem"), is(0L));
  }
}
