/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.table.Billing;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.registry.FileFormat;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.text.TextFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.source.KeyFrom;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class ImportPlanTest {

  private static ImportPlan plan(String... arguments) {
    return ImportPlan.of(PipelineOptionsFactory.fromArgs(arguments).as(ImportOptions.class));
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(UsageException.class, () -> plan(arguments)).problems();
  }

  @Test
  void theLeastOfArgumentsIsInputAndTable() {
    ImportPlan plan = plan("--input=s3://b/trips/*.csv", "--table=trips");
    assertThat(plan.source().input(), is(List.of("s3://b/trips/*.csv")));
    assertThat(plan.source().table(), is("trips"));
    assertThat(plan.source().keyFrom(), is(KeyFrom.RECORD));
    assertThat(plan.newTable().billing(), is(nullValue()));
    assertThat(
        FileFormat.CSV.reader(plan.source().readers()),
        is(new CsvFormat(null, ',', CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS)));
  }

  @Test
  void nothingGivenIsToldAltogether() {
    assertThat(
        problems(),
        contains(
            "--input is missing: give files to read, such as s3://bucket/trips/*.csv",
            "--table is missing: give the name of the table"));
  }

  @Test
  void csvHasItsSettings() {
    ImportPlan plan =
        plan(
            "--input=a.csv",
            "--table=trips",
            "--csvHeader=a,b",
            "--csvDelimiter=tab",
            "--columns=a:n,b x:BOOL",
            "--emptyAs=NULL",
            "--nullValue=\\N",
            "--csvQuotedNewlines=NEVER");
    assertThat(
        FileFormat.CSV.reader(plan.source().readers()),
        is(
            new CsvFormat(
                List.of("a", "b"),
                '\t',
                CsvFormat.QuotedNewlines.NEVER,
                new CsvValues(
                    Map.of("a", ColumnText.Type.N, "b x", ColumnText.Type.BOOL),
                    Map.of(),
                    CsvValues.EmptyAs.NULL,
                    "\\N"))));
  }

  @Test
  void columnsMayBePaths() {
    ImportPlan plan =
        plan("--input=a.csv", "--table=trips", "--columns=a.b:N,a.c:S", "--nestColumns");
    assertThat(
        ((CsvFormat) FileFormat.CSV.reader(plan.source().readers())).values().nested(), is(true));
    assertThat(
        problems(
            "--input=a.csv",
            "--table=trips",
            "--columns=a.b:N,a:S",
            "--nestColumns",
            "--dedupe=LATEST",
            "--orderBy=a.b"),
        contains(
            "--columns: 'a' and 'a.b' do not go together: with --nestColumns, 'a' is both a value"
                + " and a map",
            "--orderBy=a.b is in a map with --nestColumns: it must be an attribute of the item"
                + " itself"));
    assertThat(
        problems("--input=a", "--table=abc", "--format=JSON", "--nestColumns"),
        contains("--nestColumns goes with --format=CSV"));
  }

  @Test
  void everyFormatIsAtHandUntilTheInputIsSeen() {
    InputSettings plan = plan("--input=x", "--table=xxx", "--textAttribute=line").source();
    assertThat(plan.format(), nullValue());
    assertThat(FileFormat.TEXT.reader(plan.readers()), is(new TextFormat("line", 1)));
    assertThat(
        FileFormat.DYNAMODB_JSON.reader(plan.readers()), is(instanceOf(DynamoDbJsonFormat.class)));
    assertThat(
        plan("--input=x", "--table=xxx", "--format=JSON").source().format(), is(FileFormat.JSON));
  }

  @Test
  void aTableToCreateHasBillingAndKey() {
    ImportPlan plan =
        plan(
            "--input=a.csv",
            "--table=trips",
            "--createTable=5,500",
            "--partitionKey=year:N",
            "--sortKey=title:S");
    assertThat(plan.newTable().billing(), is(new Billing(new Billing.Provisioned(5, 500))));
    assertThat(
        plan.newTable().key(),
        is(new KeySchema(KeyAttribute.parse("year:N"), KeyAttribute.parse("title:S"))));
  }

  @Test
  void aTableThatASnapshotRecordsNeedsNoKey() {
    NewTablePlan table =
        plan("--input=x", "--table=trips", "--createTable=from_snapshot").newTable();
    assertThat(table, is(new NewTablePlan(null, null, true)));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(
        problems(
            "--input=a.csv",
            "--table=no spaces",
            "--csvDelimiter=a\"b",
            "--columns=fare:NUMBER,distance",
            "--keyFrom=a,,b",
            "--writeEngine=fast",
            "--createTable=much",
            "--shards=0",
            "--maxRejects=-1",
            "--orderBy=when"),
        contains(
            "--table=no spaces must be 3 to 255 of the characters a-z A-Z 0-9 _ . -",
            "--csvDelimiter: the delimiter must be 1 to 8 ASCII characters, none a quote or a line"
                + " end",
            "--keyFrom: 'a,,b' has an empty column name",
            "--shards=0 must be 1 or more",
            "--orderBy goes with --dedupe=LATEST or --dedupe=FIRST",
            "--writeEngine: 'fast' must be async, dynamodbio, importTable or bulk",
            "--createTable: 'much' must be ON_DEMAND, or read and write capacity units such as"
                + " 5,500, or FROM_SNAPSHOT",
            "--createTable needs --partitionKey, such as --partitionKey=id:S",
            "--maxRejects=-1 must be 0 or more"));
    assertThat(
        problems("--input=a.csv", "--table=abc", "--columns=fare:NUMBER,distance"),
        contains(
            "--columns=fare:NUMBER must be name:TYPE, with a TYPE of S, N, BOOL, B, JSON, L, M, SS, NS, BS",
            "--columns=distance must be name:TYPE, with a TYPE of S, N, BOOL, B, JSON, L, M, SS, NS, BS"));
  }

  @Test
  void whatIsComparedHasAType() {
    assertThat(
        problems(
            "--input=a.csv", "--table=abc", "--format=CSV", "--dedupe=LATEST", "--orderBy=ver"),
        contains(
            "--orderBy=ver needs a type in --columns: ver:N to compare numbers, ver:S to compare"
                + " text"));
    plan(
        "--input=a.csv",
        "--table=abc",
        "--format=CSV",
        "--dedupe=LATEST",
        "--orderBy=ver",
        "--columns=ver:N");
  }

  @Test
  void whatIsWrittenIsKeptOfItemsThatAreTheSameAgain() {
    CheckpointPlan plan =
        plan("--input=in.csv", "--table=trips", "--checkpoints=s3://b/kept").checkpoints();
    assertThat(plan.folder(), is("s3://b/kept/"));
    String items = plan.items();
    assertThat(
        plan("--input=in.csv", "--table=trips", "--checkpoints=x", "--writeRatio=1")
            .checkpoints()
            .items(),
        is(items));
    for (String other : List.of("--keyFrom=md5", "--shards=99", "--csvSkipLines=1")) {
      assertThat(
          plan("--input=in.csv", "--table=trips", "--checkpoints=x", other).checkpoints().items(),
          is(not(items)));
    }
    assertThat(
        plan("--input=in.csv", "--table=tours", "--checkpoints=x").checkpoints().items(),
        is(not(items)));
    assertThat(
        problems(
            "--input=in.csv",
            "--table=trips",
            "--checkpoints=x",
            "--dedupe=NONE",
            "--writeEngine=dynamodbio"),
        contains(
            "--checkpoints does not go with --dedupe=NONE: items are not spread by their keys",
            "--checkpoints does not go with --writeEngine=dynamodbio: only async knows what is"
                + " written"));
    assertThat(
        problems("--input=in.csv", "--table=trips", "--checkpoints=x", "--write=CHANGED"),
        contains(
            "--checkpoints does not go with --write=CHANGED: it writes only what the table lacks"
                + " anyway"));
  }

  @Test
  void optionsThatDoNotGoTogetherAreTold() {
    assertThat(
        problems("--input=a", "--table=abc", "--format=TEXT", "--columns=a:N"),
        contains("--columns goes with --format=CSV or JSON"));
    assertThat(
        problems("--input=a.csv", "--table=abc", "--maxRejects=5"),
        contains(
            "--maxRejects=5 needs --rejects, a folder for what is rejected: it would be lost"
                + " otherwise"));
    assertThat(
        problems("--input=a.csv", "--table=abc", "--sortKey=b:S"),
        contains("--sortKey goes with --partitionKey"));
    assertThat(
        problems("--input=a.csv", "--table=abc", "--partitionKey=b:S", "--sortKey=b:N"),
        contains("--sortKey: partition key and sort key are both named 'b'"));
    assertThat(
        problems("--input=a.csv", "--table=abc", "--partitionKey=b:BOOL"),
        contains("--partitionKey: 'b:BOOL' is no key attribute; write name:S, name:N or name:B"));
  }
}
