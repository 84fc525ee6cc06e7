/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
  private ExportedTable table;

  @BeforeEach
  void makeNames() {
    table = new ExportedTable(folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsAsTheOtherWas(boolean onDemand) {
    if (onDemand) {
      table.create(RichTable.onDemand(table.from()));
    } else {
      table.create(RichTable.provisioned(table.from()));
    }
    table.export();
    assertThat(table.restore(folder + "/**"), is(ExitCode.OK));
    assertThat(ExportedTable.definition(table.to()), is(ExportedTable.definition(table.from())));
    assertThat(ExportedTable.definition(table.to()).timeToLive(), is("ends"));
    assertThat(
        ExportedTable.definition(table.to()).indexes().get(1).key().toString(),
        is("[d:S, a:S, c:B, b:N]"));
    assertThat(ExportedTable.count(table.to()), is(3));
    List<String> told =
        table.printed().errors().stream().filter(line -> !line.contains("hidden")).toList();
    assertThat(told, contains(endsWith(onDemand ? TOLD_OF_ON_DEMAND : TOLD_OF_PROVISIONED)));
  }

  /** Formats with a layout of their own are named by another folder. */
  @ParameterizedTest
  @EnumSource(names = {"DYNAMODB_JSON", "AVRO"})
  void theSnapshotIsFoundByItsFiles(FileFormat format) throws IOException {
    table.create(RichTable.onDemand(table.from()));
    table.export("--outputFormat=" + format);
    Path input =
        format == FileFormat.AVRO
            ? table.manifest().getParent()
            : table.find("manifest-summary.json").getParent();
    assertThat(table.restore(input.toString(), "--partitionKey=pk:S", "--sortKey=sk:N"), is(0));
    assertThat(ExportedTable.definition(table.to()), is(ExportedTable.definition(table.from())));
    assertThat(ExportedTable.count(table.to()), is(3));
  }

  @Test
  void theLatestOfATableCounts() {
    table.create(RichTable.onDemand(table.from()));
    table.export("--snapshotTimestamp=2026-01-02T00:00:00Z");
    DYNAMODB.updateTimeToLive(
        u ->
            u.tableName(table.from())
                .timeToLiveSpecification(t -> t.attributeName("ends").enabled(false)));
    table.export("--snapshotTimestamp=2026-01-03T00:00:00Z");
    assertThat(table.restore(folder + "/snapshots_" + table.from() + "/**"), is(ExitCode.OK));
    assertThat(ExportedTable.definition(table.to()), is(ExportedTable.definition(table.from())));
  }

  @Test
  void aDryRunCreatesNothingAndKnowsTheIndexes() {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    assertThat(table.restore(folder + "/**", "--dryRun"), is(ExitCode.OK));
    assertThat(table.printed().out(), containsString("wide"));
    assertThat(ExportedTable.exists(table.to()), is(false));
  }

  @Test
  void noneIsCreatedWhenThereIsNothingToWrite() {
    table.create(RichTable.onDemand(table.from()));
    for (int i = 0; i < 3; i++) {
      Map<String, AttributeValue> key = new HashMap<>(RichTable.item(i));
      key.keySet().retainAll(List.of("pk", "sk"));
      DYNAMODB.deleteItem(d -> d.tableName(table.from()).key(key));
    }
    table.export();
    assertThat(table.restore(folder + "/**"), is(ExitCode.OK));
    assertThat(ExportedTable.exists(table.to()), is(false));
  }
}
