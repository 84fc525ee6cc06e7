/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sluice.snapshot.catalog.GlueStandIn;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A night that loads three tables from files in S3 and exports them, and what it leaves. The
 * capacity of the first is raised meanwhile, the snapshots are registered in Glue, and a server is
 * told.
 */
final class ThreeTables implements AutoCloseable {
  static final List<String> TABLES = List.of("a", "b", "c");

  private static final LocalAws AWS = LocalAws.shared();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ITEMS = 60;
  private static final String RAISED = TABLES.get(0);
  private static final long WRITES = 5;
  private static final long RAISED_WRITES = 400;

  final FlakyProxy dynamodb = new FlakyProxy(AWS.dynamodbEndpoint());
  final FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint());
  final FlakyProxy glue;
  final FlakyProxy hooks;
  final Path page;
  private final GlueStandIn catalog = new GlueStandIn();
  private final HttpServer told;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Map<String, String> views = new TreeMap<>();
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
    this.page = folder.resolve("night.html");
    this.glue = new FlakyProxy(catalog.endpoint());
    this.told = listen(messages);
    this.hooks = new FlakyProxy(URI.create("http://localhost:" + told.getAddress().getPort()));
    StringBuilder yaml = new StringBuilder();
    yaml.append("name: ").append(name).append('\n');
    yaml.append("ledger: ").append(place("ledger")).append('\n');
    yaml.append("parallel: 2\nverbs:\n  import: {columns: 'n:N'}\n");
    yaml.append("  export: {keepSnapshots: 1, segments: 3, catalog: glue, glueEndpoint: '");
    yaml.append(glue.endpoint()).append("'}\nonSuccess: {post: '");
    yaml.append(hooks.endpoint()).append("/done'}\n").append(more).append("tables:\n");
    for (String table : TABLES) {
      yaml.append("  ").append(table).append(":\n    table: ").append(inDynamoDb(table));
      yaml.append("\n    steps:\n      - import: {input: ").append(place(table + "/in.csv"));
      yaml.append(table.equals(RAISED) ? ", raiseCapacity: " + RAISED_WRITES : "");
      yaml.append("}\n      - export: {output: ").append(place(table + "/out")).append("}\n");
      create(table);
    }
    Files.writeString(file, yaml);
  }

  private void create(String table) {
    CreateTableRequest.Builder create =
        CreateTableRequest.builder()
            .tableName(inDynamoDb(table))
            .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
            .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S));
    if (table.equals(RAISED)) {
      create.provisionedThroughput(p -> p.readCapacityUnits(100L).writeCapacityUnits(WRITES));
    } else {
      create.billingMode(BillingMode.PAY_PER_REQUEST);
    }
    AWS.dynamodb().createTable(create.build());
  }

  private static HttpServer listen(List<String> messages) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          messages.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** The messages of the hook since the last call. */
  List<String> takeMessages() {
    List<String> taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }

  /** Whether the capacity that is raised for the import is raised now. */
  boolean isRaised() {
    return AWS.dynamodb()
            .describeTable(describe -> describe.tableName(inDynamoDb(RAISED)))
            .table()
            .provisionedThroughput()
            .writeCapacityUnits()
        != WRITES;
  }

  /** By table, the time of the snapshot that its view in Glue shows. */
  Map<String, String> views() throws IOException {
    for (GlueStandIn.Request request : catalog.requests()) {
      JsonNode table = JSON.readTree(request.body()).path("TableInput");
      if (table.path("TableType").asText().equals("VIRTUAL_VIEW")) {
        String view = table.path("ViewOriginalText").asText().split(" ")[3];
        JsonNode query = JSON.readTree(Base64.getDecoder().decode(view));
        views.put(
            table.at("/Parameters/sluice.table").asText(),
            query.path("originalSql").asText().replaceFirst("(?s).*= '(.*)'", "$1"));
      }
    }
    return Map.copyOf(views);
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
                "--page=" + page,
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
    assertThat(views().size(), is(TABLES.size()));
    assertThat(Set.copyOf(views().values()), is(times()));
    assertThat("the capacity is as before", isRaised(), is(false));
    assertThat(Files.readString(page), containsString("All snapshots are published: 3"));
  }

  @Override
  public void close() {
    dynamodb.close();
    s3.close();
    glue.close();
    hooks.close();
    catalog.close();
    told.stop(0);
  }
}
