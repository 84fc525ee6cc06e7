/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.query.Query;
import io.sluice.pipelines.query.QueryOptions;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table whose attributes have all kinds of names is exported, queried and imported. */
@Timeout(180)
class ExportedNamesTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;

  private final String from = "from-" + UUID.randomUUID();
  private final String to = "to-" + UUID.randomUUID();
  private final Map<String, AttributeValue> item =
      Map.of(
          "pk", AttributeValue.fromS("1"),
          "名前", AttributeValue.fromS("太郎"),
          "हिन्दी", AttributeValue.fromN("7"),
          "a-b", AttributeValue.fromN("8"),
          "É", AttributeValue.fromN("9"),
          "é", AttributeValue.fromN("10"),
          "snapshot_timestamp", AttributeValue.fromS("own"),
          "住所", AttributeValue.fromM(Map.of("市 区", AttributeValue.fromS("x"))));

  /** The notes of an export on columns whose names are ASCII. */
  private static final List<String> IN_ASCII =
      List.of(
          "attribute 'a-b' has the column a_b",
          "attribute 'snapshot_timestamp' has the column snapshot_timestamp_2",
          "attribute 'É' has the column _",
          "attribute 'é' has the column __2",
          "attribute 'हिन्दी' has the column ______",
          "attribute '住所' has the column __",
          "attribute '住所.市 区' has the column ___",
          "attribute '名前' has the column ___2");

  @BeforeEach
  void makeTable() {
    NewTable.of(from, "pk:S").createIn(AWS.dynamodb());
    AWS.dynamodb().putItem(p -> p.tableName(from).item(item));
  }

  /** Returns the lines that a command prints. */
  private static List<String> lines(ToIntFunction<Console> command) {
    Printed printed = new Printed();
    assertThat(command.applyAsInt(printed.console()), is(ExitCode.OK));
    return printed.lines();
  }

  /** Returns the notes of an export. */
  private List<String> export(FileFormat format, String output, String... more) {
    ExportOptions options = OneWorker.options(ExportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setS3Endpoint(AWS.s3Endpoint().toString());
    options.setTable(from);
    options.setOutput(output);
    options.setOutputFormat(format);
    return lines(console -> ExportPipeline.run(options, console)).stream()
        .filter(line -> line.startsWith("  note: "))
        .map(line -> line.substring("  note: ".length()))
        .toList();
  }

  private void assertComesBack(FileFormat format) {
    ImportOptions options = OneWorker.options(ImportOptions.class);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setInput(List.of(folder + "/snapshots_" + from + "/**" + format.output().suffix()));
    options.setTable(to);
    options.setCreateTable("ON_DEMAND");
    options.setPartitionKey("pk:S");
    assertThat(ImportPipeline.run(options, Printed.unread()), is(ExitCode.OK));
    Map<String, AttributeValue> back =
        new HashMap<>(
            AWS.dynamodb()
                .getItem(
                    g -> g.tableName(to).consistentRead(true).key(Map.of("pk", item.get("pk"))))
                .item());
    assertThat(back.keySet(), is(item.keySet()));
    assertThat(ItemDiff.differing(item, back), is(empty()));
  }

  /** Returns the result of a query, without its rule. */
  private List<String> query(String columns) {
    QueryOptions query = PipelineOptionsFactory.as(QueryOptions.class);
    query.setOutput(folder.toString());
    query.setSql("select " + columns + " from \"" + from + "\"");
    List<String> lines = lines(console -> Query.run(query, console));
    return List.of(lines.get(0), lines.get(2)).stream()
        .map(line -> line.replaceAll(" +", " ").strip())
        .toList();
  }

  @Test
  void parquet() {
    assertThat(
        export(FileFormat.PARQUET, folder.toString()),
        contains(
            "attribute 'a-b' has the column a_b",
            "attribute 'snapshot_timestamp' has the column snapshot_timestamp_2",
            "attribute 'é' has the column é_2",
            "attribute '住所.市 区' has the column 市_区"));
    assertComesBack(FileFormat.PARQUET);
    assertThat(
        query("名前, हिन्दी, a_b, É, é_2, snapshot_timestamp_2, 住所.市_区"),
        contains("名前 हिन्दी a_b É é_2 snapshot_timestamp_2 市_区", "太郎 7 8 9 10 own x"));
  }

  @Test
  void parquetInAscii() {
    assertThat(export(FileFormat.PARQUET, folder.toString(), "--columnNames=ASCII"), is(IN_ASCII));
    assertComesBack(FileFormat.PARQUET);
  }

  @Test
  void avro() {
    assertThat(export(FileFormat.AVRO, folder.toString()), is(IN_ASCII));
    assertComesBack(FileFormat.AVRO);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "CSV", "DYNAMODB_JSON"})
  void whatRenamesNothingSaysNothing(FileFormat format) {
    assertThat(export(format, folder.toString()), is(empty()));
    if (format == FileFormat.DYNAMODB_JSON) {
      assertComesBack(format);
    }
  }

  /** In these formats, Athena's tables have names too, and state the key of each column. */
  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void inS3ThatOfACatalogIsSaidOnce(FileFormat format) {
    String output = "s3://" + AWS.bucket() + "/" + UUID.randomUUID();
    List<String> notes =
        switch (format) {
          case PARQUET ->
              List.of(
                  "attribute 'a-b' has the column a_b",
                  "attribute 'snapshot_timestamp' has the column snapshot_timestamp_2",
                  "attribute 'é' has the column é_2",
                  "attribute '住所.市 区' has the column 市_区");
          case AVRO -> IN_ASCII;
          case JSON, CSV ->
              List.of(
                  "column snapshot_timestamp is snapshot_timestamp_2 in Athena, where another has"
                      + " the name snapshot_timestamp",
                  "column é is é_2 in Athena, where another has the name é");
          default -> List.of();
        };
    assertThat(export(format, output), is(notes));
  }

  private Path describe(String... more) throws IOException {
    ExportOptions options = OneWorker.options(ExportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setTable(from);
    options.setDescribeSchema(true);
    List<String> lines = lines(console -> ExportPipeline.run(options, console));
    return Files.write(
        folder.resolve("item.avsc"), lines.subList(lines.indexOf("{"), lines.size()));
  }

  @Test
  void aDescribedSchemaHasTheSameColumnsAndIsNoNews() throws IOException {
    assertThat(
        export(FileFormat.PARQUET, folder.toString(), "--schema=" + describe()), is(empty()));
    assertThat(query("名前, é_2, 住所.市_区"), contains("名前 é_2 市_区", "太郎 10 x"));
    assertComesBack(FileFormat.PARQUET);
  }

  /** As schemas were described before columns had other names than fields. */
  @Test
  void oneOfAsciiHasThoseOfEver() throws IOException {
    Path schema = describe("--columnNames=ASCII");
    assertThat(Files.readString(schema), not(containsString("dynamodb.column")));
    assertThat(export(FileFormat.PARQUET, folder.toString(), "--schema=" + schema), is(empty()));
    assertThat(query("___2, __2, __.___"), contains("___2 __2 ___", "太郎 10 x"));
    assertComesBack(FileFormat.PARQUET);
  }

  @Test
  void ofManyNotesTheRestIsInTheReport() throws IOException {
    Map<String, AttributeValue> many = new HashMap<>(Map.of("pk", AttributeValue.fromS("2")));
    for (int i = 0; i < 120; i++) {
      many.put("n-%03d".formatted(i), AttributeValue.fromN("1"));
    }
    AWS.dynamodb().putItem(p -> p.tableName(from).item(many));
    Path report = folder.resolve("report.json");
    List<String> notes = export(FileFormat.PARQUET, folder.toString(), "--report=" + report);
    assertThat(notes.size(), is(101));
    assertThat(notes.get(1), is("attribute 'n-000' has the column n_000"));
    assertThat(notes.get(100), is("and 24 more, which --report=FILE has"));
    JsonNode all = new ObjectMapper().readTree(report.toFile()).at("/schema/notes");
    assertThat(all.size(), is(124));
    assertThat(all.get(123).textValue(), is("attribute '住所.市 区' has the column 市_区"));
  }
}
