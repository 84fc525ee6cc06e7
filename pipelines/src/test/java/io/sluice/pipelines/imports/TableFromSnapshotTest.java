/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.table.DescribeDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** A table that an import creates as the snapshot of another records it. */
@Timeout(180)
class TableFromSnapshotTest {
  private static final DynamoDbClient DYNAMODB = LocalAws.shared().dynamodb();

  private static final String TOLD_OF_ON_DEMAND =
      " records it: key pk:S, sk:N; on demand with at most 700 read units and 800 write units;"
          + " index by-b; index wide on demand with at most 500 write units; stream of"
          + " NEW_AND_OLD_IMAGES; time to live by ends; tags cost, team";

  private static final String TOLD_OF_PROVISIONED =
      " records it: key pk:S, sk:N; with 70 read units and 80 write units; index by-b; index wide"
          + " with 30 read units and 40 write units; stream of NEW_AND_OLD_IMAGES; time to live by ends; tags"
          + " cost, team";

  @TempDir Path folder;

  private final String from = "from-" + UUID.randomUUID();
  private final String to = "to-" + UUID.randomUUID();
  private final Printed printed = new Printed();

  private static KeySchemaElement key(String name, String role) {
    return KeySchemaElement.builder().attributeName(name).keyType(role).build();
  }

  /** A table with one of each, whose index on several attributes has several of each kind. */
  private CreateTableRequest.Builder richTable() {
    return CreateTableRequest.builder()
        .tableName(from)
        .keySchema(key("pk", "HASH"), key("sk", "RANGE"))
        .attributeDefinitions(
            Stream.of("pk:S", "sk:N", "a:S", "b:N", "c:B", "d:S")
                .map(each -> each.split(":"))
                .map(
                    each ->
                        AttributeDefinition.builder()
                            .attributeName(each[0])
                            .attributeType(each[1])
                            .build())
                .toList())
        .localSecondaryIndexes(
            LocalSecondaryIndex.builder()
                .indexName("by-b")
                .keySchema(key("pk", "HASH"), key("b", "RANGE"))
                .projection(p -> p.projectionType("INCLUDE").nonKeyAttributes("z", "y"))
                .build())
        .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES"))
        .tags(
            Tag.builder().key("team").value("blue").build(),
            Tag.builder().key("cost").value("").build());
  }

  private static GlobalSecondaryIndex.Builder wideIndex() {
    return GlobalSecondaryIndex.builder()
        .indexName("wide")
        .keySchema(key("d", "HASH"), key("a", "HASH"), key("c", "RANGE"), key("b", "RANGE"))
        .projection(p -> p.projectionType("KEYS_ONLY"));
  }

  private void onDemand() {
    DYNAMODB.createTable(
        richTable()
            .billingMode("PAY_PER_REQUEST")
            .onDemandThroughput(t -> t.maxReadRequestUnits(700L).maxWriteRequestUnits(800L))
            .globalSecondaryIndexes(
                wideIndex().onDemandThroughput(t -> t.maxWriteRequestUnits(500L)).build())
            .build());
    fill();
  }

  private void provisioned() {
    DYNAMODB.createTable(
        richTable()
            .billingMode("PROVISIONED")
            .provisionedThroughput(t -> t.readCapacityUnits(70L).writeCapacityUnits(80L))
            .globalSecondaryIndexes(
                wideIndex()
                    .provisionedThroughput(t -> t.readCapacityUnits(30L).writeCapacityUnits(40L))
                    .build())
            .build());
    fill();
  }

  private void fill() {
    DYNAMODB.updateTimeToLive(
        u -> u.tableName(from).timeToLiveSpecification(t -> t.attributeName("ends").enabled(true)));
    for (int i = 0; i < 3; i++) {
      int n = i;
      DYNAMODB.putItem(p -> p.tableName(from).item(item(n)));
    }
  }

  private static Map<String, AttributeValue> item(int n) {
    return Map.of(
        "pk",
        AttributeValue.fromS("k"),
        "sk",
        AttributeValue.fromN(Integer.toString(n)),
        "a",
        AttributeValue.fromS("x"),
        "b",
        AttributeValue.fromN("1"),
        "c",
        AttributeValue.fromB(SdkBytes.fromUtf8String("y")),
        "d",
        AttributeValue.fromS("z"));
  }

  private void export(String... more) {
    exportOf(from, more);
  }

  private void exportOf(String table, String... more) {
    ExportOptions options = OneWorker.options(ExportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(LocalAws.shared().dynamodbEndpoint().toString());
    options.setTable(table);
    options.setOutput(folder.toString());
    assertThat(ExportPipeline.run(options, Printed.unread()), is(ExitCode.OK));
  }

  private int importInto(String table, String input, String... more) {
    ImportOptions options = OneWorker.options(ImportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(LocalAws.shared().dynamodbEndpoint().toString());
    options.setInput(List.of(input));
    options.setTable(table);
    options.setCreateTable("from_snapshot");
    return ImportPipeline.run(options, printed.console());
  }

  private static TableDefinition definition(String table) {
    return DescribeDefinition.named(table, DYNAMODB, why -> {}).orElseThrow();
  }

  private static boolean exists(String table) {
    return DYNAMODB.listTablesPaginator().tableNames().stream().anyMatch(table::equals);
  }

  private static int count(String table) {
    return DYNAMODB.scan(s -> s.tableName(table).consistentRead(true)).count();
  }

  private Path manifest() throws IOException {
    return find("_manifest.json");
  }

  private Path find(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsAsTheOtherWas(boolean onDemand) {
    if (onDemand) {
      onDemand();
    } else {
      provisioned();
    }
    export();
    assertThat(importInto(to, folder + "/**"), is(ExitCode.OK));
    assertThat(definition(to), is(definition(from)));
    assertThat(definition(to).timeToLive(), is("ends"));
    assertThat(definition(to).indexes().get(1).key().toString(), is("[d:S, a:S, c:B, b:N]"));
    assertThat(count(to), is(3));
    List<String> told = printed.errors().stream().filter(line -> !line.contains("hidden")).toList();
    assertThat(told, contains(endsWith(onDemand ? TOLD_OF_ON_DEMAND : TOLD_OF_PROVISIONED)));
  }

  /** Formats with a layout of their own are named by another folder. */
  @ParameterizedTest
  @EnumSource(names = {"DYNAMODB_JSON", "AVRO"})
  void theSnapshotIsFoundByItsFiles(FileFormat format) throws IOException {
    onDemand();
    export("--outputFormat=" + format);
    Path input =
        format == FileFormat.AVRO
            ? manifest().getParent()
            : find("manifest-summary.json").getParent();
    assertThat(importInto(to, input.toString(), "--partitionKey=pk:S", "--sortKey=sk:N"), is(0));
    assertThat(definition(to), is(definition(from)));
    assertThat(count(to), is(3));
  }

  @Test
  void theLatestOfATableCounts() {
    onDemand();
    export("--snapshotTimestamp=2026-01-02T00:00:00Z");
    DYNAMODB.updateTimeToLive(
        u ->
            u.tableName(from).timeToLiveSpecification(t -> t.attributeName("ends").enabled(false)));
    export("--snapshotTimestamp=2026-01-03T00:00:00Z");
    assertThat(importInto(to, folder + "/snapshots_" + from + "/**"), is(ExitCode.OK));
    assertThat(definition(to), is(definition(from)));
  }

  @Test
  void aDryRunCreatesNothingAndKnowsTheIndexes() {
    onDemand();
    export();
    assertThat(importInto(to, folder + "/**", "--dryRun"), is(ExitCode.OK));
    assertThat(printed.out(), containsString("wide"));
    assertThat(exists(to), is(false));
  }

  @Test
  void noneIsCreatedWhenThereIsNothingToWrite() {
    onDemand();
    for (int i = 0; i < 3; i++) {
      Map<String, AttributeValue> key = new HashMap<>(item(i));
      key.keySet().retainAll(List.of("pk", "sk"));
      DYNAMODB.deleteItem(d -> d.tableName(from).key(key));
    }
    export();
    assertThat(importInto(to, folder + "/**"), is(ExitCode.OK));
    assertThat(exists(to), is(false));
  }

  @Test
  void anInterruptedCreationIsCompleted() {
    onDemand();
    export();
    DYNAMODB.createTable(
        richTable()
            .tableName(to)
            .billingMode("PAY_PER_REQUEST")
            .onDemandThroughput(t -> t.maxReadRequestUnits(700L).maxWriteRequestUnits(800L))
            .globalSecondaryIndexes(
                wideIndex().onDemandThroughput(t -> t.maxWriteRequestUnits(500L)).build())
            .build());
    assertThat(importInto(to, folder + "/**"), is(ExitCode.OK));
    assertThat(definition(to), is(definition(from)));
    assertThat(count(to), is(3));
    // Again, with all of it there.
    assertThat(importInto(to, folder + "/**"), is(ExitCode.OK));
    assertThat(definition(to), is(definition(from)));
    assertThat(printed.errors().toString(), containsString("changes nothing of it"));
  }

  @Test
  void aTableWithItemsStaysAsItIs() {
    onDemand();
    export();
    DYNAMODB.createTable(
        richTable()
            .tableName(to)
            .billingMode("PAY_PER_REQUEST")
            .globalSecondaryIndexes(wideIndex().build())
            .build());
    DYNAMODB.putItem(p -> p.tableName(to).item(item(7)));
    TableDefinition before = definition(to);
    assertThat(importInto(to, folder + "/**"), is(ExitCode.OK));
    assertThat(definition(to), is(before));
    assertThat(before.timeToLive() == null, is(true));
    assertThat(count(to), is(4));
  }

  private String refusal(String input, String... more) {
    JobException e = assertThrows(JobException.class, () -> importInto(to, input, more));
    assertThat(exists(to), is(false));
    return e.getMessage();
  }

  @Test
  void anotherKeyIsRefused() {
    onDemand();
    export();
    assertThat(
        refusal(folder + "/**", "--partitionKey=pk:S"),
        allOf(
            containsString("the snapshot " + folder),
            containsString("has the key pk:S, sk:N, not pk:S as --partitionKey")));
  }

  @Test
  void soIsASnapshotThatDoesNotRecordIt() throws IOException {
    onDemand();
    export();
    String text = Files.readString(manifest());
    int at = text.indexOf(",\n  \"tableDefinition\"");
    Files.writeString(
        manifest(), text.substring(0, at) + text.substring(text.indexOf(",\n  \"filesCompared")));
    assertThat(
        refusal(folder + "/**"),
        containsString("--createTable=ON_DEMAND --partitionKey=pk:S --sortKey=sk:N"));
  }

  @Test
  void soIsWhatIsNoPublishedSnapshot() throws IOException {
    onDemand();
    export();
    Files.delete(manifest().resolveSibling("_SUCCESS"));
    assertThat(refusal(folder + "/**"), containsString("is not published any more"));
    Path csv = Files.writeString(folder.resolve("a.csv"), "pk,sk\nk,1\n");
    assertThat(
        refusal(csv.toString()),
        containsString(csv + " is in no snapshot that an export published"));
  }

  @Test
  void soAreSnapshotsOfTwoTables() {
    onDemand();
    export();
    String other = "other-" + UUID.randomUUID();
    DYNAMODB.createTable(
        c ->
            c.tableName(other)
                .billingMode("PAY_PER_REQUEST")
                .keySchema(key("id", "HASH"))
                .attributeDefinitions(a -> a.attributeName("id").attributeType("S")));
    DYNAMODB.putItem(p -> p.tableName(other).item(Map.of("id", AttributeValue.fromS("x"))));
    exportOf(other);
    assertThat(
        refusal(folder + "/**"),
        allOf(containsString("of one table"), containsString("snapshots_" + other)));
  }
}
