/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Writes from several threads while shards are split and roll over and items expire, and finds the
 * table in its stream.
 */
class ReplayTest {

  private static final int RUNS = 20;
  private static final int WRITERS = 3;
  private static final int WRITES = 120;
  private static final int KEYS = 25;

  @Test
  void givesTheTableEveryTime() throws Exception {
    int shards = 0;
    int expired = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Replay replay = run(seed);
      shards += replay.shards();
      expired += replay.expired();
    }
    assertThat("splits and roll-overs", shards, greaterThan(5 * RUNS));
    assertThat("items that expired", expired, greaterThan(RUNS));
  }

  private static Replay run(int seed) throws Exception {
    Random random = new Random(seed);
    Client client =
        new Client(
            StreamSettings.SERVICE
                .withShards(1 + random.nextInt(4))
                .withShardLife(Duration.ofSeconds(60))
                .withIteratorLife(Duration.ofDays(1))
                .withSplitAfter(random.nextBoolean() ? 0 : 40)
                .withEmptyPages(random.nextInt(5) / 10.0)
                .withSeed(seed));
    String arn = client.create("t1t", "NEW_AND_OLD_IMAGES");
    client.ok(
        "UpdateTimeToLive",
        "{'TableName':'t1t','TimeToLiveSpecification':{'AttributeName':'t','Enabled':true}}");
    Replay live = new Replay(client, arn, "live, seed " + seed);
    long swept = disturb(client, arn, live, seed);
    client.ok("UpdateTable", "{'TableName':'t1t','StreamSpecification':{'StreamEnabled':false}}");
    finish(live);
    Replay later = new Replay(client, arn, "later, seed " + seed);
    finish(later);
    Map<Object, Object> table = table(client);
    assertThat("live, seed " + seed, live.items(), is(table));
    assertThat("later, seed " + seed, later.items(), is(table));
    assertThat("seed " + seed, (long) live.expired(), is(swept));
    return later;
  }

  /** Writes, reads, splits and sweeps at the same time, and counts what was swept. */
  private static long disturb(Client client, String arn, Replay live, int seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Random random = new Random(seed * 10L + writer);
        tasks.add(() -> write(client, random));
      }
      tasks.add(() -> moveOn(client, arn, new Random(-seed)));
      tasks.add(
          () -> {
            for (int i = 0; i < 40; i++) {
              live.step();
            }
            return 0L;
          });
      long swept = 0;
      for (Future<Long> task : threads.invokeAll(tasks)) {
        swept += task.get();
      }
      return swept;
    } finally {
      threads.shutdownNow();
    }
  }

  private static long write(Client client, Random random) {
    for (int i = 0; i < WRITES; i++) {
      String hash = "k" + random.nextInt(KEYS);
      String time = ",'t':{'N':'" + (1_700_000_000 + random.nextInt(600)) + "'}";
      String more = ",'v':{'N':'" + random.nextInt(3) + "'}" + (random.nextBoolean() ? time : "");
      switch (random.nextInt(6)) {
        case 0 -> client.delete("t1t", hash);
        case 1 ->
            client.ok(
                "UpdateItem",
                "{'TableName':'t1t','Key':{'h':{'S':'"
                    + hash
                    + "'},'r':{'N':'1'}},"
                    + "'UpdateExpression':'ADD n :n REMOVE t',"
                    + "'ExpressionAttributeValues':{':n':{'N':'1'}}}");
        case 2 -> {
          // Another hash, since a transaction writes an item once.
          String other = "k" + (KEYS + random.nextInt(KEYS));
          client.ok(
              "TransactWriteItems",
              "{'TransactItems':[{'Put':{'TableName':'t1t','Item':{'h':{'S':'"
                  + hash
                  + "'},'r':{'N':'1'}"
                  + more
                  + "}}},{'Delete':{'TableName':'t1t','Key':{'h':{'S':'"
                  + other
                  + "'},'r':{'N':'1'}}}},{'Put':{'TableName':'t1t','Item':{'h':{'S':'"
                  + other
                  + "'},'r':{'N':'2'}"
                  + more
                  + "}}}]}");
        }
        default -> client.put("t1t", hash, more);
      }
    }
    return 0;
  }

  private static long moveOn(Client client, String arn, Random random) {
    long swept = 0;
    for (int i = 0; i < 40; i++) {
      client.clock().move(Duration.ofSeconds(random.nextInt(15)));
      swept += client.sweep();
      if (random.nextInt(4) == 0) {
        List<String> shards = client.shardIds(arn);
        client.stream("t1t").split(shards.get(random.nextInt(shards.size())));
      }
    }
    return swept;
  }

  private static void finish(Replay replay) {
    while (replay.step()) {
      // Reads on.
    }
  }

  private static Map<Object, Object> table(Client client) {
    Map<Object, Object> items = new HashMap<>();
    for (Object item : (List<?>) client.ok("Scan", "{'TableName':'t1t'}").get("Items")) {
      Map<?, ?> attributes = (Map<?, ?>) item;
      items.put(Map.of("h", attributes.get("h"), "r", attributes.get("r")), attributes);
    }
    return items;
  }
}
