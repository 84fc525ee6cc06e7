/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.query.Query;
import io.sluice.pipelines.query.QueryOptions;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table with maps is exported with a column for each of their attributes, and imported again. */
@Timeout(180)
class FlattenColumnsTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;

  private final String from = "from-" + UUID.randomUUID();
  private final String to = "to-" + UUID.randomUUID();

  private void makeTable(List<Map<String, AttributeValue>> items) {
    NewTable.of(from, "pk:S").createIn(AWS.dynamodb());
    items.forEach(item -> AWS.dynamodb().putItem(p -> p.tableName(from).item(item)));
  }

  private static List<String> lines(ToIntFunction<Console> command) {
    Printed printed = new Printed();
    assertThat(command.applyAsInt(printed.console()), is(ExitCode.OK));
    return printed.lines();
  }

  private static <T extends SluiceOptions> T options(Class<T> type, String... more) {
    T options = OneWorker.options(type, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    return options;
  }

  /** Returns the notes of an export. */
  private List<String> export() {
    ExportOptions options = options(ExportOptions.class, "--flattenColumns");
    options.setTable(from);
    options.setOutput(folder.toString());
    options.setOutputFormat(FileFormat.CSV);
    return lines(console -> ExportPipeline.run(options, console)).stream()
        .filter(line -> line.startsWith("  note: "))
        .map(line -> line.substring("  note: ".length()))
        .toList();
  }

  private void assertComesBack(List<Map<String, AttributeValue>> items, String columns) {
    ImportOptions options =
        options(ImportOptions.class, "--nestColumns", "--partitionKey=pk:S", columns);
    options.setInput(List.of(folder + "/snapshots_" + from + "/**.csv.gz"));
    options.setTable(to);
    options.setCreateTable("ON_DEMAND");
    lines(console -> ImportPipeline.run(options, console));
    assertThat(AWS.dynamodb().scan(s -> s.tableName(to)).count(), is(items.size()));
    for (Map<String, AttributeValue> item : items) {
      Map<String, AttributeValue> key = Map.of("pk", item.get("pk"));
      Map<String, AttributeValue> back =
          AWS.dynamodb().getItem(g -> g.tableName(to).consistentRead(true).key(key)).item();
      assertThat(ItemDiff.differing(item, back), is(empty()));
    }
  }

  @Test
  void mapsComeBackFromColumns() {
    List<Map<String, AttributeValue>> items =
        List.of(
            Map.of(
                "pk",
                fromS("1"),
                "address",
                fromM(
                    Map.of(
                        "city",
                        fromS("Rome"),
                        "geo",
                        fromM(
                            Map.of(
                                "lat", fromN("41.9"), "hash", fromB(SdkBytes.fromUtf8String("x")))),
                        "lines",
                        fromL(List.of(fromS("a"), fromS(""))))),
                "address.city",
                fromS("an attribute of this name")),
            Map.of("pk", fromS("2"), "address", fromM(Map.of("zip", fromS("00184")))),
            Map.of("pk", fromS("3")));
    makeTable(items);
    assertThat(export(), is(empty()));
    QueryOptions query = PipelineOptionsFactory.as(QueryOptions.class);
    query.setOutput(folder.toString());
    query.setSql("select pk from \"" + from + "\" where \"address.geo.lat\" = 41.9");
    assertThat(lines(console -> Query.run(query, console)).get(2).strip(), is("1"));
    assertComesBack(items, "--columns=address.geo.lat:N,address.geo.hash:B,address.lines:L");
  }

  @Test
  void aMapThatWouldNotComeBackIsOneColumn() {
    List<Map<String, AttributeValue>> items =
        List.of(
            Map.of("pk", fromS("1"), "a", fromM(Map.of("b", fromS("x"))), "c", fromM(Map.of())),
            Map.of("pk", fromS("2"), "a", fromM(Map.of("b", fromS("")))));
    makeTable(items);
    assertThat(
        export(),
        contains(
            "attribute 'a' is one column: it has attributes that are NULL, empty or of several"
                + " types, which columns would not give back"));
    assertComesBack(items, "--columns=a:M,c:M");
  }
}
