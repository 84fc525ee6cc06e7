/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.item.SourcedItem;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** DynamoDBIO keeps to the budget, of which it knows nothing. */
class DynamoDbIoWriterTest {

  /** A factory that the user has set. */
  public static final class OtherClients implements ClientBuilderFactory {
    @Override
    public <BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> BuilderT create(
        BuilderT builder, ClientConfiguration config, AwsOptions options) {
      return builder;
    }

    @Override
    public void checkConfiguration(ClientConfiguration config, AwsOptions options) {}
  }

  private static List<SourcedItem> inAnIndex(int count) {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(
          SourcedItem.withoutOrigin(Map.of("id", fromS("item-" + i), "zone", fromS("z" + i % 3))));
    }
    return items;
  }

  @Test
  void refusesClientsOfTheUsersOwn() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      TestPipeline pipeline = Outcomes.pipeline();
      pipeline.getOptions().as(AwsOptions.class).setClientBuilderFactory(OtherClients.class);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  pipeline
                      .apply(Create.of(TestTable.item("a")))
                      .apply(TestTable.write(db).withEngine(WriteEngine.DYNAMODBIO)));
      assertThat(e.getMessage(), containsString("clientBuilderFactory is " + name()));
      assertThat(e.getMessage(), containsString("async"));
    }
  }

  private static String name() {
    return OtherClients.class.getName();
  }

  @Test
  void twoStepsOfOnePipelineMayUseIt() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      TestPipeline pipeline = Outcomes.pipeline();
      for (String step : List.of("one", "other")) {
        pipeline
            .apply("items of " + step, Create.of(TestTable.item(step)))
            .apply("write " + step, TestTable.write(db).withEngine(WriteEngine.DYNAMODBIO));
      }
      pipeline.run().waitUntilFinish();
      assertThat(db.books().itemsStored(), is(2L));
    }
  }

  /** Only when asked by index does DynamoDB report what the table took and what the index took. */
  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void theUnitsOfTheTableAndItsIndexesAreCounted(WriteEngine engine) {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(
            TestTable.settings(
                TestTable.table()
                    .withIndex("by-zone", "zone:S")
                    .withIndex("by-zone-too", "zone:S")
                    .withIndex("by-zone-again", "zone:S")))) {
      TestPipeline pipeline = Outcomes.pipeline();
      pipeline.apply(Create.of(inAnIndex(60))).apply(TestTable.write(db).withEngine(engine));
      pipeline.run().waitUntilFinish();
      String table = db.settings().table().name();
      Progress.Moment moment =
          TableSession.moments(Progress.Kind.WRITE).stream()
              .filter(m -> m.table().equals(table))
              .findAny()
              .orElseThrow();
      assertThat(moment.usage().consumedTable(), is(60.0));
      assertThat(moment.usage().consumed(), is(60.0 + 3 * 60));
      assertThat(moment.done(), is(60L));
      assertThat(moment.inFlight(), is(0));
    }
  }
}
