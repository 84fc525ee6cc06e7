/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.verify.KeyReader;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.format.json.JsonFormat;
import io.sluice.item.ItemKey;
import io.sluice.lookup.event.EventRules;
import io.sluice.lookup.event.LookupKey;
import io.sluice.lookup.event.Wanted;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the workers of a JVM share to read keys. */
@Timeout(60)
class LookupSessionTest {
  private static final int BATCHES = 3 * Clients.MAX_IN_FLIGHT;

  private static long threads(String table) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(table))
        .filter(thread -> !thread.getName().contains("watch"))
        .count();
  }

  /** Batches are full long before the budget has room for them. */
  @Test
  void noMoreThreadsWaitThanRequestsMayBeInFlight() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings(TestTable.table().withProvisioned(10, 10_000)))) {
      String table = db.settings().table().name();
      LookupKey key = LookupKey.parse(List.of("id"), TestTable.KEY);
      EventRules rules = new EventRules(key, Wanted.PRESENT, Map.of());
      LookupSpec spec =
          new LookupSpec(table, TestTable.KEY, rules, JsonFormat.withColumns(Map.of()));
      spec.setClient(TestTable.client(db));
      spec.setBudget(Budget.ofRatio(0.5));
      LookupSession session =
          LookupSession.enter(spec, PipelineOptionsFactory.as(AwsOptions.class));
      List<Asked> asked = new ArrayList<>();
      long most = 0;
      for (int i = 0; i < BATCHES * KeyReader.MOST_KEYS; i++) {
        Map<String, AttributeValue> id = Map.of("id", AttributeValue.fromS("i" + i));
        asked.add(session.ask(ItemKey.of(id, TestTable.KEY), id));
        if (i % KeyReader.MOST_KEYS == 0) {
          most = Math.max(most, threads(table));
        }
      }
      assertThat(most, is(lessThanOrEqualTo((long) Clients.MAX_IN_FLIGHT)));
      for (Asked each : asked) {
        assertThat(each.get().isPresent(), is(false));
      }
      session.leave();
      assertThat("ended", session.endIfUnused(), is(true));
      while (threads(table) > 0) {
        Thread.sleep(10);
      }
    }
  }
}
