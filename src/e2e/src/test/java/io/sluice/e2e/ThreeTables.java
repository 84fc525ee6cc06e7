/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A night that loads three tables from files in S3 and exports them, and what it leaves. */
final class ThreeTables implements AutoCloseable {
  static final List<String> TABLES = List.of("a", "b", "c");

  private static final LocalAws AWS = LocalAws.shared();
  private static final int ITEMS = 60;

  final FlakyProxy dynamodb = new FlakyProxy(AWS.dynamodbEndpoint());
  final FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint());
  private final String name;
  private final Path file;

  /**
   * Makes the tables and the file of the night.
   *
   * @param name distinguishes it from others
   * @param more lines of the file
   */
  ThreeTables(String name, Path folder, String more) throws IOException {
    this.name = name;
    this.file = folder.resolve("night.yaml");
    StringBuilder yaml = new StringBuilder();
    yaml.append("name: ").append(name).append('\n');
    yaml.append("ledger: ").append(place("ledger")).append('\n');
    yaml.append("parallel: 2\nverbs:\n  import: {columns: 'n:N'}\n");
    yaml.append("  export: {keepSnapshots: 1, segments: 3}\n").append(more).append("tables:\n");
    for (String table : TABLES) {
      yaml.append("  ").append(table).append(":\n    table: ").append(inDynamoDb(table));
      yaml.append("\n    steps:\n      - import: {input: ").append(place(table + "/in.csv"));
      yaml.append("}\n      - export: {output: ").append(place(table + "/out")).append("}\n");
      AWS.dynamodb()
          .createTable(
              create ->
                  create
                      .tableName(inDynamoDb(table))
                      .billingMode(BillingMode.PAY_PER_REQUEST)
                      .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                      .attributeDefinitions(
                          a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
    }
    Files.writeString(file, yaml);
  }

  private String inDynamoDb(String table) {
    return name + "-" + table;
  }

  private String place(String in) {
    return "s3://" + AWS.bucket() + "/nights/" + name + "/" + in;
  }

  /** Adds a comment to the file. */
  void changeFile() throws IOException {
    Files.writeString(file, Files.readString(file) + "# another\n");
  }

  /** Uploads the files of a day: all items of a table have its number. */
  void upload(int day) {
    TABLES.forEach(table -> upload(table, csv(table, day)));
  }

  void upload(String table, String csv) {
    AWS.s3()
        .putObject(
            put -> put.bucket(AWS.bucket()).key("nights/" + name + "/" + table + "/in.csv"),
            RequestBody.fromString(csv));
  }

  static String csv(String table, int day) {
    return items(table, day).values().stream()
        .map(item -> item.get("id").s() + "," + item.get("n").n() + "\n")
        .collect(Collectors.joining("", "id,n\n", ""));
  }

  private static Map<String, Map<String, AttributeValue>> items(String table, int day) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    for (int i = 0; i < ITEMS; i++) {
      items.put(
          table + i,
          Map.of(
              "id", AttributeValue.fromS(table + i),
              "n", AttributeValue.fromN(Integer.toString(day))));
    }
    return items;
  }

  /** Starts the night. */
  Program start(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=night",
                file.toString(),
                "--local",
                "--dynamodbEndpoint=" + dynamodb.endpoint(),
                "--s3Endpoint=" + s3.endpoint()));
    arguments.addAll(List.of(more));
    return Program.startJar("direct", arguments);
  }

  /** The time of each published snapshot, of all tables. */
  Set<String> times() {
    Set<String> times = new TreeSet<>();
    for (String table : TABLES) {
      objects(table).stream()
          .filter(key -> key.endsWith("/_SUCCESS"))
          .map(key -> key.replaceFirst(".*snapshot_timestamp=([^/]*)/.*", "$1"))
          .forEach(times::add);
    }
    return times;
  }

  private Set<String> objects(String folder) {
    return new PublishedOutput("nights/" + name + "/" + folder + "/").objects();
  }

  /** All tables and their only snapshots have exactly the items of a day, and one time. */
  void mustHave(int day) throws IOException {
    for (String table : TABLES) {
      Map<String, Map<String, AttributeValue>> expected = items(table, day);
      assertThat(table, ClusterJobs.items(inDynamoDb(table), "id"), is(expected));
      upload(table, "");
      AWS.s3()
          .deleteObject(
              delete ->
                  delete.bucket(AWS.bucket()).key("nights/" + name + "/" + table + "/in.csv"));
      assertThat(
          table, new PublishedOutput("nights/" + name + "/" + table + "/").items(), is(expected));
    }
    assertThat(times().toString(), times().size(), is(1));
  }

  @Override
  public void close() {
    dynamodb.close();
    s3.close();
  }
}
