/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.storage.DiskStorage;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes until it is killed: each thread puts batch after batch, deletes each when some more have
 * followed, and prints its own number and that of the batch when both are acknowledged.
 */
final class KilledWriter {

  static final int THREADS = 4;
  static final int BATCH = 25;

  /** How many batches of a thread are there at a time. */
  static final int KEPT = 10;

  private static final String TABLE =
      "{'TableName':'killed','BillingMode':'PAY_PER_REQUEST',"
          + "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'},"
          + "{'AttributeName':'batch','AttributeType':'N'}],"
          + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
          + "'GlobalSecondaryIndexes':[{'IndexName':'batches','KeySchema':["
          + "{'AttributeName':'batch','KeyType':'HASH'}],"
          + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]}";

  private KilledWriter() {}

  /**
   * Writes until it is killed.
   *
   * @param args the folder, and for each thread the number of its first batch
   */
  public static void main(String[] args) {
    Tables tables = new Tables(InstantSource.system(), DiskStorage.open(Path.of(args[0])));
    if (tables.list(Map.of()).names().isEmpty()) {
      tables.create(Requests.tree(TABLE), "us-east-1");
    }
    Table table = tables.get("killed");
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      long first = Long.parseLong(args[1 + thread]);
      new Thread(() -> write(table, number, first)).start();
    }
  }

  private static void write(Table table, int thread, long first) {
    for (long batch = first; true; batch++) {
      List<Map<String, Value>> items = items(thread, batch);
      List<Map<String, Value>> old = batch < KEPT ? List.of() : keys(thread, batch - KEPT);
      List<Map<String, Value>> keys = new ArrayList<>(keys(thread, batch));
      keys.addAll(old);
      table
          .store()
          .together(
              keys,
              () -> {
                items.forEach(table.store()::put);
                old.forEach(table.store()::delete);
                return null;
              });
      // A line that is cut when the process is killed does not have the same twice.
      String done = thread + " " + batch;
      System.out.println(done + " " + done);
    }
  }

  /** Makes the items of a batch. */
  static List<Map<String, Value>> items(int thread, long batch) {
    return IntStream.range(0, BATCH)
        .mapToObj(
            i ->
                Map.of(
                    "id", id(thread, batch, i),
                    "batch", new Value.N(BigDecimal.valueOf(batch)),
                    "text", new Value.S("x".repeat(100 + i))))
        .toList();
  }

  /** Makes the keys of a batch. */
  static List<Map<String, Value>> keys(int thread, long batch) {
    return IntStream.range(0, BATCH).mapToObj(i -> Map.of("id", id(thread, batch, i))).toList();
  }

  private static Value id(int thread, long batch, int i) {
    return new Value.S(thread + " " + batch + " " + i);
  }
}
