/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import io.sluice.testing.dynamodb.Throughput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table of which one partition is hot, and that has capacity enough. */
@Timeout(120)
class HotPartitionTest {
  private static final TableSettings TABLE =
      new TableSettings(
          "trips",
          new KeySchema(KeyAttribute.parse("id:S"), KeyAttribute.parse("sk:S")),
          Map.of(),
          null,
          new TableSettings.Units(200_000, 12_000));

  private static EndpointSettings settings(double partitionWrite) {
    return EndpointSettings.of(TABLE)
        .withThroughput(
            Throughput.unlimited().withWrite(100_000).withPartitionWrite(partitionWrite));
  }

  private static SourcedItem item(String id, int sk) {
    return SourcedItem.withoutOrigin(Map.of("id", fromS(id), "sk", fromS("" + sk)));
  }

  @Test
  void slowsOnlyWhatGoesThere() throws Exception {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      items.add(item("hot", i));
    }
    int cold = 1000;
    for (int i = 0; i < cold; i++) {
      items.add(item("cold-" + i, 0));
    }
    Collections.shuffle(items, new Random(1));
    try (TestWriter writer =
        TestWriter.of(settings(20), RetryWindow.RETRY_FOR, TABLE.keySchema())) {
      int[] hotBefore = {0};
      writer.whenWritten =
          () -> {
            if (writer.written.size() - (writer.written.containsKey("hot") ? 1 : 0) < cold) {
              hotBefore[0] = writer.written.getOrDefault("hot", 0);
            }
          };
      writer.write(items);

      assertThat(writer.written.get("hot"), is(150));
      assertThat(writer.written.size(), is(cold + 1));
      assertThat(hotBefore[0], lessThan(120));
      assertThat(writer.failures.get(RequestFailure.THROTTLED), greaterThan(0));
      assertThat(writer.session.throttle().usage().factor(), greaterThan(0.8));
      assertThat(
          String.valueOf(writer.session.reasons().last()), is("a busy partition of table trips"));
      assertThat(
          writer.session.moment().ratesSince(writer.session.moment()),
          containsString("requests throttled by a busy partition of table trips"));
    }
  }

  @Test
  void aWriterThatGivesUpSaysWhatHelps() {
    try (TestWriter writer =
        TestWriter.of(settings(0.1), Duration.ofMillis(300), TABLE.keySchema())) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> writer.write(List.of(item("hot", 1), item("hot", 2), item("hot", 3))));
      assertThat(
          e.getMessage(),
          allOf(
              containsString("DynamoDB has not taken an item for"),
              containsString("a partition of the table trips takes no more"),
              containsString("keys that spread help, and more capacity does not"),
              not(containsString("raise"))));
    }
  }

  @Test
  void aTableThatIsTooSmallIsNotTakenForAHotPartition() {
    // A table on demand gives the same reason then.
    RefusedKeys refused = new RefusedKeys("id");
    List<Map<String, AttributeValue>> different = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      different.add(Map.of("id", fromS("" + i)));
    }
    refused.add(different);
    assertThat(refused.areFew(), is(false));
    refused.add(Collections.nCopies(100, Map.of("id", fromS("hot"))));
    assertThat(refused.areFew(), is(false));
    refused.add(Collections.nCopies(50, Map.of("id", fromS("hot"))));
    assertThat(refused.areFew(), is(true));
    refused.add(different);
    assertThat(refused.areFew(), is(false));
  }

  @Test
  void aFewItemsSayNothing() {
    RefusedKeys refused = new RefusedKeys("id");
    refused.add(Collections.nCopies(15, Map.of("id", fromS("hot"))));
    assertThat(refused.areFew(), is(false));
    refused.add(List.of(Map.of("id", fromS("hot"))));
    assertThat(refused.areFew(), is(true));
  }
}
