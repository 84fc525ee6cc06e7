/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Scans of the table of an embedded DynamoDB, and checks of their pages. */
public final class TestScan {
  static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();

  private TestScan() {}

  static TableInfo info(EmbeddedDynamoDb db) {
    try (DynamoDbClient client =
        ClientBuilderFactory.buildClient(
            OPTIONS.as(AwsOptions.class), DynamoDbClient.builder(), TestTable.client(db))) {
      return DescribeTable.named(db.settings().table().name(), client).orElseThrow();
    }
  }

  /** Returns a scan of the endpoint's table. */
  public static ScanTable scan(EmbeddedDynamoDb db) {
    return ScanTable.of(info(db)).withClient(TestTable.client(db));
  }

  /** Returns settings for scanning the endpoint's table that a user cannot make. */
  static ScanSpec spec(EmbeddedDynamoDb db, Consumer<ScanSpec> change) {
    ScanSpec spec = new ScanSpec(info(db));
    spec.setClient(TestTable.client(db));
    change.accept(spec);
    return spec;
  }

  /** Returns all pages of a source, each split read by a reader of its own. */
  public static List<ItemPage> pages(ScanSpec spec) throws IOException {
    List<ItemPage> pages = new ArrayList<>();
    for (ScanSource split : ScanSource.of(spec).split(1, OPTIONS)) {
      pages.addAll(pages(split));
    }
    return pages;
  }

  public static List<ItemPage> pages(BoundedSource<ItemPage> split) throws IOException {
    List<ItemPage> pages = new ArrayList<>();
    try (BoundedSource.BoundedReader<ItemPage> reader = split.createReader(OPTIONS)) {
      for (boolean more = reader.start(); more; more = reader.advance()) {
        pages.add(reader.getCurrent());
      }
    }
    return pages;
  }

  public static ScanCompleteness tally(List<ItemPage> pages) {
    ScanCompleteness tally = new ScanCompleteness();
    pages.forEach(tally::add);
    return tally;
  }

  /** Returns the ids of the items, each as often as it occurs. */
  public static List<String> ids(List<ItemPage> pages) {
    return pages.stream()
        .flatMap(page -> page.items().stream())
        .map(TestTable::idOf)
        .sorted()
        .toList();
  }

  static List<SourcedItem> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> TestTable.item("item-" + i, "x".repeat(i % 300)))
        .toList();
  }

  /** Puts items into the endpoint's table. */
  static void load(EmbeddedDynamoDb db, List<SourcedItem> items) {
    try (DynamoDbClient client =
        ClientBuilderFactory.buildClient(
            OPTIONS.as(AwsOptions.class), DynamoDbClient.builder(), TestTable.client(db))) {
      for (SourcedItem item : items) {
        client.putItem(r -> r.tableName(db.settings().table().name()).item(item.item()));
      }
    }
  }

  /** Returns the tally of all pages. */
  public static PCollection<ScanCompleteness> tally(PCollection<ItemPage> pages) {
    return pages
        .apply("Tally", ParDo.of(new TallyFn()))
        .apply("Sum", Combine.globally(TestScan::sum));
  }

  private static ScanCompleteness sum(Iterable<ScanCompleteness> tallies) {
    ScanCompleteness sum = new ScanCompleteness();
    tallies.forEach(sum::add);
    return sum;
  }

  private static final class TallyFn extends DoFn<ItemPage, ScanCompleteness> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element ItemPage page, OutputReceiver<ScanCompleteness> out) {
      out.output(tally(List.of(page)));
    }
  }
}
