/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.SourcedItemCoder;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class FindUnexpectedTest {
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("name:S"), KeyAttribute.parse("sk:N"));

  @Test
  void whatTheTableHasBeyondTheItemsIsTold() {
    LocalAws aws = LocalAws.shared();
    DynamoDbClient dynamodb = aws.dynamodb();
    String table = "unexpected-" + UUID.randomUUID();
    TableInfo info = CreateTable.named(table, KEY, Billing.ON_DEMAND, dynamodb);
    List<SourcedItem> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String n = Integer.toString(i);
      dynamodb.putItem(
          r ->
              r.tableName(table)
                  .item(Map.of("name", fromS("é" + n), "sk", fromN(n), "text", fromS("x" + n))));
      if (i != 17 && i != 42) {
        // To DynamoDB it is the same key, and other attributes are not compared.
        expected.add(
            SourcedItem.withoutOrigin(Map.of("name", fromS("é" + n), "sk", fromN(n + ".0"))));
      }
    }
    Rejection rejection =
        new Rejection(
            Rejection.Stage.VERIFY,
            Reason.UNEXPECTED,
            "the table has an item whose key is not in the input",
            Origin.UNKNOWN,
            "{\"name\":{\"S\":\"é17\"},\"sk\":{\"N\":\"17\"}}".getBytes(UTF_8),
            PayloadFormat.ITEM);
    ScanTable scan =
        ScanTable.of(info)
            .withBudget(Budget.ofRatio(0.5))
            .withClient(
                ClientConfiguration.builder()
                    .endpoint(aws.dynamodbEndpoint())
                    .region(aws.region())
                    .credentialsProvider(aws.credentials())
                    .build());
    TestPipeline pipeline = Outcomes.pipeline();
    Outcomes.assertLast(
        pipeline
            .apply(Create.of(expected).withCoder(SourcedItemCoder.of()))
            // 42 is out of the scope.
            .apply(FindUnexpected.by(scan, KEY).within(SurplusScope.of(KEY, "é1"))),
        List.of(rejection),
        new Tally(
            Map.of(Count.READ, 1L),
            Map.of(Reason.UNEXPECTED, 1L),
            List.of(rejection.withoutPayload())));
    pipeline.run().waitUntilFinish();
  }
}
