/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.verify.CompareTable;
import io.sluice.dynamodb.wire.AnswerCheck;
import io.sluice.dynamodb.write.DynamoDbIoWriter;
import io.sluice.dynamodb.write.WriteSession;
import io.sluice.dynamodb.write.WriteSpec;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.PagesOfItems;
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
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Answers that are not DynamoDB's, to requests sent through the SDK. */
@Timeout(120)
class ForeignAnswersTest {
  private static final String DESCRIPTION = "{\"Table\":" + ScriptedDynamoDb.table("ACTIVE") + "}";
  private static final String NOT_DYNAMODBS =
      "the answers are repeatedly not DynamoDB's (%s); a proxy or gateway may be changing them";

  private final String table = "t-" + UUID.randomUUID();
  private final ScriptedDynamoDb db = ScriptedDynamoDb.start();

  @AfterEach
  void stop() {
    db.close();
  }

  /** Answers with one of each kind of foreign answer before the good one. */
  private void oddThen(String operation, String good) {
    db.answer(
        operation,
        List.of(
            new Answer(200, "", null),
            new Answer(204, "", null),
            new Answer(200, "{}", null),
            new Answer(200, "{\"status\":\"ok\"}", null),
            new Answer(200, "<html>Welcome to the hotel</html>", null),
            new Answer(200, good.substring(0, good.length() - 1), null),
            new Answer(200, good, 4711L),
            Answer.of(good)));
  }

  private long asked(String operation) {
    return db.asked(operation);
  }

  private ClientConfiguration client() {
    return ClientConfiguration.builder()
        .endpoint(db.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .build();
  }

  private CompareTable compare() {
    return CompareTable.with(table, TestTable.KEY).withClient(client());
  }

  private WriteSpec spec() {
    WriteSpec spec = new WriteSpec(table, TestTable.KEY);
    spec.setClient(client());
    return spec;
  }

  private static SourcedItem item() {
    return SourcedItem.withoutOrigin(Map.of("id", fromS("a")));
  }

  @Test
  void keysAreAskedForAgain() {
    db.answer("DescribeTable", List.of(Answer.of(DESCRIPTION)));
    oddThen(
        "BatchGetItem",
        "{\"Responses\":{\"%s\":[{\"id\":{\"S\":\"a\"}}]},\"UnprocessedKeys\":{}}"
            .formatted(table));
    TestPipeline pipeline = Outcomes.pipeline();
    Outcome outcome = pipeline.apply(Create.of(item())).apply(compare());
    Outcomes.assertOutcome(
        outcome,
        List.of(item()),
        List.of(),
        new Tally(Map.of(Count.MATCHED, 1L), Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
    assertThat(asked("BatchGetItem"), is(8L));
  }

  @Test
  void aComparisonThatGetsNoAnswerFailsInOneLine() {
    db.answer("DescribeTable", List.of(Answer.of(DESCRIPTION)));
    db.answer("BatchGetItem", List.of(new Answer(200, "{}", null)));
    TestPipeline pipeline = Outcomes.pipeline();
    pipeline.apply(Create.of(item())).apply(compare().withRetryFor(Duration.ofSeconds(2)));
    assertThat(
        innermost(
            assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline))),
        is(
            "The table %s cannot be read: ".formatted(table)
                + NOT_DYNAMODBS.formatted("not a response of DynamoDB")));
    assertThat(asked("BatchGetItem"), greaterThan(1L));
  }

  @Test
  void dynamoDbIoSendsAgainAndLosesNothing() {
    db.answer("DescribeTable", List.of(Answer.of(DESCRIPTION)));
    oddThen("BatchWriteItem", "{\"UnprocessedItems\":{}}");
    TestPipeline pipeline = Outcomes.pipeline();
    Outcome outcome =
        pipeline
            .apply(Create.of(item()))
            .apply(PagesOfItems.inAnyOrder())
            .apply(new DynamoDbIoWriter(spec()));
    Outcomes.assertLast(
        outcome, List.of(), new Tally(Map.of(Count.WRITTEN, 1L), Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
    assertThat(asked("BatchWriteItem"), is(8L));
  }

  @Test
  void dynamoDbIoFailsInOneLine() {
    db.answer("DescribeTable", List.of(Answer.of(DESCRIPTION)));
    db.answer("BatchWriteItem", List.of(new Answer(200, "", null)));
    WriteSpec spec = spec();
    spec.setRetryFor(Duration.ofSeconds(3));
    TestPipeline pipeline = Outcomes.pipeline();
    pipeline
        .apply(Create.of(item()))
        .apply(PagesOfItems.inAnyOrder())
        .apply(new DynamoDbIoWriter(spec));
    assertThat(
        innermost(
            assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline))),
        is(
            "The table %s cannot be written: ".formatted(table)
                + NOT_DYNAMODBS.formatted("it has no body")));
    assertThat(asked("BatchWriteItem"), greaterThan(1L));
    assertThat(asked("BatchWriteItem"), lessThan(20L));
  }

  @Test
  void aSessionAsksForTheDescriptionAgain() {
    oddThen("DescribeTable", DESCRIPTION);
    WriteSession session = WriteSession.enter(spec(), PipelineOptionsFactory.as(AwsOptions.class));
    assertThat(asked("DescribeTable"), is(8L));
    session.leave();
    assertThat(session.endIfUnused(), is(true));
  }

  @Test
  void aSessionThatGetsNoDescriptionFailsInOneLine() {
    db.answer("DescribeTable", List.of(new Answer(200, "{\"Table\":{}}", null)));
    WriteSpec spec = spec();
    spec.setRetryFor(Duration.ofSeconds(2));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> WriteSession.enter(spec, PipelineOptionsFactory.as(AwsOptions.class)));
    assertThat(
        e.getMessage(),
        is(
            "The table %s cannot be described: ".formatted(table)
                + NOT_DYNAMODBS.formatted("it describes no table's key")));
  }

  /** As in the submitting program: the SDK retries what the check refuses. */
  @Test
  void aClientWithTheCheckAsksForTheDescriptionAgain() {
    oddThen("DescribeTable", DESCRIPTION);
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(client().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(client().credentialsProvider())
            .overrideConfiguration(
                o ->
                    o.retryStrategy(retry -> retry.maxAttempts(8))
                        .addExecutionInterceptor(new AnswerCheck()))
            .build()) {
      assertThat(DescribeTable.named(table, client).orElseThrow().keySchema(), is(TestTable.KEY));
      assertThat(asked("DescribeTable"), is(8L));
      db.answer("DescribeTable", List.of(new Answer(200, "", null)));
      RuntimeException e =
          assertThrows(RuntimeException.class, () -> DescribeTable.named(table, client));
      assertThat(innermost(e), containsString("the answer is not DynamoDB's (it has no body)"));
    }
  }

  private static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
