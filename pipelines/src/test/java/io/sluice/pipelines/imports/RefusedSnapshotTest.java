/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Snapshots by which no table is created. */
@Timeout(180)
class RefusedSnapshotTest {
  private static final DynamoDbClient DYNAMODB = LocalAws.shared().dynamodb();

  @TempDir Path folder;
  private ExportedTable table;

  @BeforeEach
  void makeNames() {
    table = new ExportedTable(folder);
  }

  private String refusal(String input, String... more) {
    JobException e = assertThrows(JobException.class, () -> table.restore(input, more));
    assertThat(ExportedTable.exists(table.to()), is(false));
    return e.getMessage();
  }

  @Test
  void anotherKeyIsRefused() {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    assertThat(
        refusal(folder + "/**", "--partitionKey=pk:S"),
        allOf(
            containsString("the snapshot " + folder),
            containsString("has the key pk:S, sk:N, not pk:S as --partitionKey")));
  }

  @Test
  void soIsASnapshotThatDoesNotRecordIt() throws IOException {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    String text = Files.readString(table.manifest());
    int at = text.indexOf(",\n  \"tableDefinition\"");
    Files.writeString(
        table.manifest(),
        text.substring(0, at) + text.substring(text.indexOf(",\n  \"filesCompared")));
    assertThat(
        refusal(folder + "/**"),
        containsString("--createTable=ON_DEMAND --partitionKey=pk:S --sortKey=sk:N"));
  }

  @Test
  void soIsWhatIsNoPublishedSnapshot() throws IOException {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    Files.delete(table.manifest().resolveSibling("_SUCCESS"));
    assertThat(refusal(folder + "/**"), containsString("is not published any more"));
    Path csv = Files.writeString(folder.resolve("a.csv"), "pk,sk\nk,1\n");
    assertThat(
        refusal(csv.toString()),
        containsString(csv + " is in no snapshot that an export published"));
  }

  @Test
  void soAreSnapshotsOfTwoTables() {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    String other = "other-" + UUID.randomUUID();
    DYNAMODB.createTable(
        c ->
            c.tableName(other)
                .billingMode("PAY_PER_REQUEST")
                .keySchema(RichTable.key("id", "HASH"))
                .attributeDefinitions(a -> a.attributeName("id").attributeType("S")));
    DYNAMODB.putItem(p -> p.tableName(other).item(Map.of("id", AttributeValue.fromS("x"))));
    table.exportOf(other);
    assertThat(
        refusal(folder + "/**"),
        allOf(containsString("of one table"), containsString("snapshots_" + other)));
  }
}
