/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.format.Format;
import io.sluice.format.avro.AvroFormat;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.page.ItemPage;
import io.sluice.report.Outcome;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.InferSchema;
import io.sluice.schema.InferredSchema;
import io.sluice.sink.DuckDb;
import io.sluice.sink.WriteFiles;
import io.sluice.source.KeyFrom;
import io.sluice.source.ReadItems;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.Items;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Outcomes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whatever items a table has: scanned into files and put into another table, they are the same,
 * item by item and type by type. Each run tries others, and a failure tells how to try it again.
 */
class TableRoundTripTest {
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:N"));

  private static final Map<FileFormat, Format> FORMATS =
      new TreeMap<>(
          Map.of(
              FileFormat.PARQUET, new ParquetFormat(),
              FileFormat.AVRO, new AvroFormat(),
              FileFormat.DYNAMODB_JSON, new DynamoDbJsonFormat()));

  /** A folder of Parquet with columns whose names Avro takes. */
  private static final String ASCII = "PARQUET-ASCII";

  private final LocalAws aws = LocalAws.shared();
  private final DynamoDbClient dynamodb = aws.dynamodb();
  private final ClientConfiguration client =
      ClientConfiguration.builder()
          .endpoint(aws.dynamodbEndpoint())
          .region(aws.region())
          .credentialsProvider(aws.credentials())
          .build();

  /** Up to 38 of any kind, and up to 12 whose attributes are alike. */
  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> tables() {
    return Combinators.combine(
            Items.items(KEY).list().ofMaxSize(38),
            Arbitraries.randomValue(AlikeItems::of),
            Items.keyValues(KeyAttribute.Type.N))
        .as(
            (any, alike, sk) -> {
              List<Map<String, AttributeValue>> items = new ArrayList<>(any);
              for (Map<String, AttributeValue> item : alike) {
                item.put("sk", sk);
                items.add(item);
              }
              return items;
            })
        .filter(items -> !items.isEmpty());
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void whatIsWrittenToFilesComesBackAsItWas(
      @ForAll("tables") List<Map<String, AttributeValue>> items) throws Exception {
    TableInfo table = createTable();
    Map<ItemKey, Map<String, AttributeValue>> expected = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      dynamodb.putItem(r -> r.tableName(table.name()).item(item));
      expected.put(ItemKey.of(item, KEY), item);
    }
    Path folder = Files.createTempDirectory("tables");
    try {
      writeFiles(table, folder);
      // parquet-avro takes its names only.
      for (Path file : files(folder.resolve(ASCII))) {
        DuckDb.assertAgrees(file);
      }
      assertThat(rows(folder.resolve("PARQUET")), is(rows(folder.resolve(ASCII))));
      Map<FileFormat, TableInfo> copies = putBack(folder);
      for (FileFormat format : FORMATS.keySet()) {
        assertSame(format, contents(copies.get(format)), expected);
        dynamodb.deleteTable(r -> r.tableName(copies.get(format).name()));
      }
      dynamodb.deleteTable(r -> r.tableName(table.name()));
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** What DuckDB reads of all files, whatever their columns are called. */
  private static List<String> rows(Path folder) throws IOException, SQLException {
    List<String> rows = new ArrayList<>();
    for (Path file : files(folder)) {
      DuckDb.rows(file).forEach(row -> rows.add(row.toString()));
    }
    Collections.sort(rows);
    return rows;
  }

  private TableInfo createTable() {
    return CreateTable.named("round-" + UUID.randomUUID(), KEY, Billing.ON_DEMAND, dynamodb);
  }

  private void writeFiles(TableInfo table, Path folder) {
    Pipeline pipeline = Outcomes.pipeline();
    PCollection<ItemPage> pages =
        pipeline.apply("Scan", ScanTable.of(table).withClient(client).withSegments(3));
    PCollection<InferredSchema> inferred = pages.apply("Infer", InferSchema.of(KEY));
    PCollectionView<String> unicode = schema(inferred, ColumnNaming.UNICODE);
    PCollectionView<String> ascii = schema(inferred, ColumnNaming.ASCII);
    for (FileFormat format : FORMATS.keySet()) {
      pages.apply(
          "Write " + format,
          WriteFiles.to(folder.resolve(format.name()).toString(), format, unicode));
    }
    pages.apply(
        "Write " + ASCII,
        WriteFiles.to(folder.resolve(ASCII).toString(), FileFormat.PARQUET, ascii));
    pipeline.run().waitUntilFinish();
  }

  private static PCollectionView<String> schema(
      PCollection<InferredSchema> inferred, ColumnNaming naming) {
    return inferred
        .apply(
            naming.name(),
            MapElements.into(TypeDescriptors.strings())
                .via(schema -> schema.toSchema("Table", naming).toJson()))
        .apply("View of " + naming, View.asSingleton());
  }

  /** Gives a table for each of the formats. */
  private Map<FileFormat, TableInfo> putBack(Path folder) {
    Map<FileFormat, TableInfo> tables = new HashMap<>();
    Pipeline pipeline = Outcomes.pipeline();
    FORMATS.forEach(
        (format, reader) -> {
          TableInfo table = createTable();
          tables.put(format, table);
          Outcome read =
              pipeline.apply(
                  "Read " + format,
                  ReadItems.from(List.of(folder.resolve(format.name()) + "/*"), reader)
                      .withKey(KEY, KeyFrom.RECORD));
          PAssert.that(read.rejections()).empty();
          Outcome put =
              read.items()
                  .apply("Put " + format, WriteTable.to(table.name(), KEY).withClient(client));
          PAssert.that(put.rejections()).empty();
        });
    pipeline.run().waitUntilFinish();
    return tables;
  }

  private Map<ItemKey, Map<String, AttributeValue>> contents(TableInfo table)
      throws InvalidItemException {
    Map<ItemKey, Map<String, AttributeValue>> items = new HashMap<>();
    for (Map<String, AttributeValue> item :
        dynamodb.scanPaginator(r -> r.tableName(table.name()).consistentRead(true)).items()) {
      items.put(ItemKey.of(item, KEY), item);
    }
    return items;
  }

  /** Numbers are compared by value: DynamoDB spells some in another way than they were put. */
  private static void assertSame(
      FileFormat format,
      Map<ItemKey, Map<String, AttributeValue>> found,
      Map<ItemKey, Map<String, AttributeValue>> expected) {
    assertThat(format.name(), found.keySet(), is(expected.keySet()));
    expected.forEach(
        (key, item) ->
            assertThat(format.name(), ItemDiff.differing(item, found.get(key)), is(empty())));
  }
}
