/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransactConcurrencyTest {

  private static final int ITEMS = 8;
  private static final int THREADS = 4;
  private static final int ROUNDS = 250;
  private static final Pattern AMOUNT = Pattern.compile("'n':\\{'N':'(-?[0-9]+)'");

  private final Service service =
      Service.with("one", Service.HASH_ONLY).and("two", Service.HASH_ONLY);

  private static String table(int item) {
    return item % 2 == 0 ? "one" : "two";
  }

  private static String place(int item) {
    return "'TableName':'" + table(item) + "','Key':{'h':{'S':'" + item + "'}}";
  }

  private static String add(int item, int amount) {
    return "{'Update':{"
        + place(item)
        + ",'UpdateExpression':'ADD n :n','ConditionExpression':'attribute_exists(n)',"
        + "'ExpressionAttributeValues':{':n':{'N':'"
        + amount
        + "'}}}}";
  }

  private static String transaction(List<String> actions) {
    return "{'TransactItems':[" + String.join(",", actions) + "]}";
  }

  private long sum() {
    List<String> gets = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      gets.add("{'Get':{" + place(item) + "}}");
    }
    Matcher amounts = AMOUNT.matcher(service.ok("TransactGetItems", transaction(gets)));
    long sum = 0;
    while (amounts.find()) {
      sum += Long.parseLong(amounts.group(1));
    }
    return sum;
  }

  /** Moves random amounts between items, of which some transactions are cancelled half-way. */
  private void move(Random random) {
    List<Integer> items = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      items.add(random.nextInt(items.size() + 1), item);
    }
    int amount = random.nextInt(100);
    List<String> actions = new ArrayList<>();
    actions.add(add(items.get(0), amount));
    actions.add(add(items.get(1), -2 * amount));
    actions.add(add(items.get(2), amount));
    boolean fails = random.nextInt(4) == 0;
    if (fails) {
      actions.add(
          random.nextInt(actions.size()),
          "{'ConditionCheck':{" + place(items.get(3)) + ",'ConditionExpression':'n = h'}}");
    }
    Reply reply = service.send("TransactWriteItems", transaction(actions));
    assertThat(Service.text(reply), reply.status(), is(fails ? 400 : 200));
  }

  /** Writes single items and batches, in an order that no transaction has. */
  private void disturb(Random random, String name) {
    int item = random.nextInt(ITEMS);
    service.ok(
        "UpdateItem",
        "{"
            + place(item)
            + ",'UpdateExpression':'SET #x = :x','ExpressionAttributeNames':"
            + "{'#x':'x'},'ExpressionAttributeValues':{':x':{'S':'"
            + name
            + "'}}}");
    service.ok(
        "BatchWriteItem",
        "{'RequestItems':{'two':[{'PutRequest':{'Item':{'h':{'S':'"
            + name
            + "'}}}}],"
            + "'one':[{'DeleteRequest':{'Key':{'h':{'S':'"
            + name
            + "'}}}}]}}");
  }

  @Test
  void showsAllOrNothingOfTransactionsAndNeverStops() throws Exception {
    for (int item = 0; item < ITEMS; item++) {
      service.ok(
          "PutItem",
          "{'TableName':'" + table(item) + "','Item':{'h':{'S':'" + item + "'},'n':{'N':'100'}}}");
    }
    AtomicLong wrong = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int seed = thread;
        done.add(
            threads.submit(
                () -> {
                  Random random = new Random(seed);
                  for (int round = 0; round < ROUNDS; round++) {
                    move(random);
                    disturb(random, "t" + seed);
                    if (sum() != 100 * ITEMS) {
                      wrong.incrementAndGet();
                    }
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat("sums that were wrong, of seeds 0 to " + (THREADS - 1), wrong.get(), is(0L));
    assertThat(sum(), is(100L * ITEMS));
  }
}
