/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table of products, lookups of events in it, and what they wrote. */
final class ProductLookup {
  static final int IDS = 500;
  private static final LocalAws AWS = LocalAws.shared();

  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "products-" + UUID.randomUUID();
  private final Random random = new Random(19);

  /** Of two products the table has one. */
  static boolean isPresent(int id) {
    return id % 2 == 0;
  }

  /** Creates the table, with the products that it has. */
  void create() {
    NewTable.of(table, "id:S").createIn(dynamodb);
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < IDS; i += 2) {
      Map<String, AttributeValue> item =
          Map.of(
              "id", AttributeValue.fromS("p" + i),
              "title", AttributeValue.fromS("Nº \"" + i + "\", new"),
              "price", AttributeValue.fromN(i + ".5"),
              "tags", AttributeValue.fromSs(List.of("a", "b")));
      PutRequest put = PutRequest.builder().item(item).build();
      writes.add(WriteRequest.builder().putRequest(put).build());
      if (writes.size() == 25) {
        dynamodb.batchWriteItem(b -> b.requestItems(Map.of(table, List.copyOf(writes))));
        writes.clear();
      }
    }
  }

  /** Creates the table with another key, and with one item. */
  void create(Consumer<CreateTableRequest.Builder> key, Map<String, AttributeValue> item) {
    dynamodb.createTable(
        create ->
            create.tableName(table).billingMode(BillingMode.PAY_PER_REQUEST).applyMutation(key));
    dynamodb.putItem(p -> p.tableName(table).item(item));
  }

  /** A few products have most of the events. */
  int id() {
    return (int) (IDS * Math.pow(random.nextDouble(), 3));
  }

  /** Runs a lookup in the table, and returns how it ended. */
  int run(Printed printed, String... more) {
    return new LookupVerb().run(options(more), printed.console());
  }

  /** Returns the options of a lookup in the table. */
  LookupOptions options(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--lookupTable=" + table));
    arguments.addAll(List.of(more));
    return OneWorker.options(LookupOptions.class, arguments.toArray(String[]::new));
  }

  int run(String... more) {
    return run(new Printed(), more);
  }

  /** The names of the files of a result that readers see. */
  static List<String> names(Path result) throws IOException {
    try (Stream<Path> files = Files.list(result)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("_"))
          .sorted()
          .toList();
    }
  }

  /** The events of a result, file by file. */
  static String contents(Path result) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : names(result)) {
      all.append(Files.readString(result.resolve(name)));
    }
    return all.toString();
  }
}
