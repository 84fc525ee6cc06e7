/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static io.sluice.testing.Outcomes.assertLast;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** Refusals that only DynamoDB can decide: an attribute is the key of an index. */
class WriteIndexedTableTest {
  private static final String INDEX_KEY = "zone";

  private final LocalAws aws = LocalAws.shared();
  private final DynamoDbClient dynamodb = aws.dynamodb();
  private final String table = "indexed-" + UUID.randomUUID();

  private static SourcedItem item(int i, AttributeValue zone) {
    return SourcedItem.of(new Origin("f", i), Map.of("pk", fromS("p" + i), INDEX_KEY, zone));
  }

  private void createTable() {
    dynamodb.createTable(
        r ->
            r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string("pk"), string(INDEX_KEY))
                .keySchema(partitionKey("pk"))
                .globalSecondaryIndexes(
                    i ->
                        i.indexName("by-zone")
                            .keySchema(partitionKey(INDEX_KEY))
                            .projection(p -> p.projectionType("KEYS_ONLY"))));
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder().attributeName(name).attributeType("S").build();
  }

  private static KeySchemaElement partitionKey(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType("HASH").build();
  }

  private WriteTable write() {
    return WriteTable.to(table, KeySchema.of(KeyAttribute.parse("pk:S")))
        .withClient(
            ClientConfiguration.builder()
                .endpoint(aws.dynamodbEndpoint())
                .region(aws.region())
                .credentialsProvider(aws.credentials())
                .build());
  }

  private Set<String> keys() {
    return dynamodb.scanPaginator(r -> r.tableName(table).consistentRead(true)).items().stream()
        .map(item -> item.get("pk").s())
        .collect(Collectors.toSet());
  }

  @Test
  void anItemThatDynamoDbRefusesForAnIndexIsRejectedAndTheOthersWritten() {
    createTable();
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      items.add(item(i, fromS("z" + i % 3)));
    }
    SourcedItem bad = item(11, fromN("4711"));
    items.set(11, bad);
    Rejection refused =
        Rejection.ofItem(
            Rejection.Stage.WRITE,
            bad,
            Reason.REFUSED,
            "DynamoDB refused the item: One or more parameter values were invalid: Type mismatch"
                + " for Index Key zone Expected: S Actual: N IndexName: by-zone");
    TestPipeline pipeline = Outcomes.pipeline();
    assertLast(
        pipeline.apply(Create.of(items)).apply(write()),
        List.of(refused),
        new Tally(
            Map.of(Count.WRITTEN, 39L),
            Map.of(Reason.REFUSED, 1L),
            List.of(refused.withoutPayload())));
    pipeline.run().waitUntilFinish();
    assertThat(
        keys(),
        is(
            IntStream.range(0, 40)
                .filter(i -> i != 11)
                .mapToObj(i -> "p" + i)
                .collect(Collectors.toSet())));
  }
}
