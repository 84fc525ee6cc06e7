/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.wire;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes batches of 25 items of 200 bytes in ten attributes to a table of a server, and scans it in
 * four segments.
 */
public final class Load implements AutoCloseable {

  private static final String TABLE = "wire";
  private static final int BATCH = 25;
  private static final int THREADS = 4;

  private final URI endpoint;
  private final byte[][] batches;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** Counts what a thread does from one moment to another. */
  private interface Work {
    long until(Connection connection, int thread, long end) throws Exception;
  }

  private Load(URI endpoint, byte[][] batches) {
    this.endpoint = endpoint;
    this.batches = batches;
  }

  /**
   * Creates a table, and prepares the requests that write its items.
   *
   * @param items how many there are in the end, a multiple of 25
   */
  public static Load on(URI endpoint, int items) throws Exception {
    byte[][] batches = new byte[items / BATCH][];
    Random random = new Random(items);
    for (int i = 0; i < batches.length; i++) {
      batches[i] = Connection.request(endpoint, "BatchWriteItem", batch(random, i));
    }
    try (Connection connection = Connection.to(endpoint)) {
      connection.send(
          Connection.request(
              endpoint,
              "CreateTable",
              json(
                  "{'TableName':'%s','BillingMode':'PAY_PER_REQUEST',"
                      + "'KeySchema':[{'AttributeName':'key','KeyType':'HASH'}],"
                      + "'AttributeDefinitions':[{'AttributeName':'key','AttributeType':'S'}]}",
                  TABLE)));
    }
    return new Load(endpoint, batches);
  }

  private static String batch(Random random, int number) {
    StringBuilder puts = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      puts.append(i == 0 ? "" : ",")
          .append("{'PutRequest':{'Item':")
          .append(item(random, number * BATCH + i))
          .append("}}");
    }
    return json("{'RequestItems':{'%s':[%s]}}", TABLE, puts);
  }

  /** Makes an item of 200 bytes: 79 of names and 121 of values, five strings, five numbers. */
  private static String item(Random random, int number) {
    StringBuilder item = new StringBuilder();
    // Spread over the table, as the keys of a load that is shuffled are.
    item.append(
        String.format(Locale.ROOT, "{'key':{'S':'%032x'}", (number * 0x9E3779B97F4A7C15L) >>> 1));
    for (int i = 0; i < 4; i++) {
      item.append(String.format(Locale.ROOT, ",'text-no-%d':{'S':'%016x'}", i, random.nextLong()));
    }
    for (int i = 0; i < 5; i++) {
      item.append(
          String.format(
              Locale.ROOT, ",'number-%d':{'N':'%d.11'}", i, 100_000 + random.nextInt(900_000)));
    }
    return item.append('}').toString();
  }

  private static String json(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace('\'', '"');
  }

  /** Writes batches, all again when all are written, and counts the items. */
  public long write(double seconds) throws Exception {
    return run(
        seconds,
        (connection, thread, end) -> {
          long written = 0;
          for (int i = thread; System.nanoTime() < end; i = (i + THREADS) % batches.length) {
            connection.send(batches[i]);
            requireAllTaken(connection);
            written += BATCH;
          }
          return written;
        });
  }

  /** Writes each item once. */
  public void fill() throws Exception {
    run(
        Integer.MAX_VALUE,
        (connection, thread, end) -> {
          for (int i = thread; i < batches.length; i += THREADS) {
            connection.send(batches[i]);
            requireAllTaken(connection);
          }
          return 0;
        });
  }

  private static void requireAllTaken(Connection connection) {
    if (!"".equals(connection.between("UnprocessedItems\":{", "}"))) {
      throw new IllegalStateException("items were left unprocessed");
    }
  }

  /** Scans the table in four segments, again and again, and counts the items. */
  public long scan(double seconds) throws Exception {
    return run(
        seconds,
        (connection, thread, end) -> {
          long read = 0;
          String start = "";
          while (System.nanoTime() < end) {
            connection.send(
                Connection.request(
                    endpoint,
                    "Scan",
                    json(
                        "{'TableName':'%s','Segment':%d,'TotalSegments':%d%s}",
                        TABLE, thread, THREADS, start)));
            read += Long.parseLong(connection.between("\"ScannedCount\":", digitsEnd(connection)));
            String last = connection.between("\"LastEvaluatedKey\":{\"key\":{\"S\":\"", "\"");
            start = last == null ? "" : ",'ExclusiveStartKey':{'key':{'S':'" + last + "'}}";
          }
          return read;
        });
  }

  private static String digitsEnd(Connection connection) {
    return connection.between("\"LastEvaluatedKey\":", "{") == null ? "}" : ",";
  }

  private long run(double seconds, Work work) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int index = thread;
      tasks.add(
          () -> {
            try (Connection connection = Connection.to(endpoint)) {
              return work.until(connection, index, end);
            }
          });
    }
    long sum = 0;
    for (Future<Long> done : threads.invokeAll(tasks)) {
      sum += done.get();
    }
    return sum;
  }

  /** Deletes the table. */
  @Override
  public void close() throws Exception {
    threads.shutdown();
    try (Connection connection = Connection.to(endpoint)) {
      connection.send(
          Connection.request(endpoint, "DeleteTable", json("{'TableName':'%s'}", TABLE)));
    }
  }
}
