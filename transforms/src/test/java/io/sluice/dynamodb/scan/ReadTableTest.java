/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Items;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Outcomes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Whole pipelines that read a table. */
class ReadTableTest {
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:N"));

  private final LocalAws aws = LocalAws.shared();
  private final DynamoDbClient dynamodb = aws.dynamodb();
  private final String table = "read-" + UUID.randomUUID();

  private ClientConfiguration client() {
    return ClientConfiguration.builder()
        .endpoint(aws.dynamodbEndpoint())
        .region(aws.region())
        .credentialsProvider(aws.credentials())
        .build();
  }

  private ScanTable scan() {
    return ScanTable.of(DescribeTable.named(table, dynamodb).orElseThrow()).withClient(client());
  }

  private List<SourcedItem> scannedBySdk(Consumer<ScanRequest.Builder> settings) {
    return dynamodb.scanPaginator(r -> settings.accept(r.tableName(table))).items().stream()
        .map(SourcedItem::withoutOrigin)
        .toList();
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> tables() {
    return Items.items(KEY).list().ofMaxSize(12);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void anyItemsComeAsTheSdkReadsThem(@ForAll("tables") List<Map<String, AttributeValue>> items) {
    String any = "read-" + UUID.randomUUID();
    CreateTable.named(any, KEY, Billing.ON_DEMAND, dynamodb);
    items.forEach(item -> dynamodb.putItem(r -> r.tableName(any).item(item)));
    List<SourcedItem> expected =
        dynamodb.scanPaginator(r -> r.tableName(any)).items().stream()
            .map(SourcedItem::withoutOrigin)
            .toList();
    TestPipeline pipeline = Outcomes.pipeline();
    TableInfo info = DescribeTable.named(any, dynamodb).orElseThrow();
    PAssert.that(
            pipeline.apply(ReadTable.by(ScanTable.of(info).withClient(client()).withSegments(3))))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
    dynamodb.deleteTable(r -> r.tableName(any));
  }

  /** Creates a table with a global index that contains half of its items. */
  private void createIndexedTable() {
    dynamodb.createTable(
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                d -> d.attributeName("pk").attributeType(ScalarAttributeType.S),
                d -> d.attributeName("sk").attributeType(ScalarAttributeType.N),
                d -> d.attributeName("zone").attributeType(ScalarAttributeType.S))
            .keySchema(
                k -> k.attributeName("pk").keyType(KeyType.HASH),
                k -> k.attributeName("sk").keyType(KeyType.RANGE))
            .globalSecondaryIndexes(
                g ->
                    g.indexName("by-zone")
                        .keySchema(k -> k.attributeName("zone").keyType(KeyType.HASH))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
            .build());
    IntStream.range(0, 300)
        .forEach(
            i -> {
              Map<String, AttributeValue> item = new HashMap<>();
              item.put("pk", fromS("p" + i / 3));
              item.put("sk", fromN(Integer.toString(i)));
              item.put("name", fromS("é".repeat(i % 20) + i));
              if (i % 2 == 0) {
                item.put("zone", fromS("z" + i % 7));
              }
              dynamodb.putItem(r -> r.tableName(table).item(item));
            });
  }

  private void assertReads(ScanTable scan, List<SourcedItem> expected) {
    TestPipeline pipeline = Outcomes.pipeline();
    PAssert.that(pipeline.apply(ReadTable.by(scan))).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsWhatIsAskedFor() {
    createIndexedTable();
    assertReads(scan(), scannedBySdk(r -> {}));
    List<SourcedItem> some =
        scannedBySdk(
            r ->
                r.filterExpression("sk >= :least and contains(#n, :part)")
                    .projectionExpression("pk, #n, #z")
                    .expressionAttributeNames(Map.of("#n", "name", "#z", "zone"))
                    .expressionAttributeValues(
                        Map.of(":least", fromN("100"), ":part", fromS("éé"))));
    assertThat(some.size(), greaterThan(50));
    assertReads(
        scan()
            .withFilter("sk >= :least and contains(#n, :part)")
            .withProjection("pk, #n, #z")
            .withNames(Map.of("#n", "name", "#z", "zone"))
            .withValues(Map.of(":least", fromN("100"), ":part", fromS("éé"))),
        some);
    List<SourcedItem> indexed = scannedBySdk(r -> r.indexName("by-zone"));
    assertThat(indexed.size(), is(150));
    assertReads(scan().withIndex("by-zone"), indexed);
  }

  @Test
  void aFilterThatKeepsNothingLeavesTheMarks() throws Exception {
    createIndexedTable();
    ScanSpec spec = new ScanSpec(DescribeTable.named(table, dynamodb).orElseThrow());
    spec.setClient(client());
    spec.filter = "attribute_exists(nothing)";
    List<ItemPage> pages = TestScan.pages(spec);
    assertThat(TestScan.tally(pages).problem(spec.segments()).isEmpty(), is(true));
    assertThat(TestScan.tally(pages).items(), is(0L));
    assertThat(TestScan.tally(pages).evaluated(), is(300L));
  }

  @Test
  void aConsistentReadTakesTwiceTheUnits() throws Exception {
    createIndexedTable();
    ScanSpec spec = new ScanSpec(DescribeTable.named(table, dynamodb).orElseThrow());
    spec.setClient(client());
    spec.segments = 3;
    double units = TestScan.tally(TestScan.pages(spec)).units();
    assertThat(units, greaterThan(0.0));
    ScanSpec consistent = new ScanSpec(spec);
    consistent.consistent = true;
    assertThat(TestScan.tally(TestScan.pages(consistent)).units(), is(2 * units));
  }

  /** Returns the messages of the exceptions, the outermost first. */
  private static String failureOf(ScanTable scan) {
    TestPipeline pipeline = Outcomes.pipeline();
    pipeline.apply(ReadTable.by(scan));
    Throwable failure = assertThrows(RuntimeException.class, () -> DirectRun.of(pipeline));
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"this is no filter", "sk > :unknown", "#unknown = sk", "sk > "})
  void aBadFilterFailsAtOnce(String filter) {
    createIndexedTable();
    assertThat(
        failureOf(scan().withFilter(filter)),
        containsString("The table " + table + " cannot be scanned: Invalid FilterExpression: "));
  }

  @Test
  void aValueThatIsNotUsedFailsAtOnce() {
    createIndexedTable();
    assertThat(
        failureOf(
            scan().withFilter("sk > :a").withValues(Map.of(":a", fromN("1"), ":b", fromN("2")))),
        containsString("Value provided in ExpressionAttributeValues unused in expressions"));
  }

  @Test
  void aTableThatIsNotThereFailsAtOnce() {
    TableInfo missing = TableInfo.toBe(table, KEY, Billing.ON_DEMAND, OnDemandUnits.NONE);
    assertThat(
        failureOf(ScanTable.of(missing).withClient(client())),
        containsString("the table " + table + " is not there"));
  }

  @Test
  void anIndexThatCannotBeReadIsSaidBefore() {
    createIndexedTable();
    TestPipeline pipeline = Outcomes.pipeline();
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> pipeline.apply(scan().withIndex("by-name")))
            .getMessage(),
        is("index is 'by-name', the table " + table + " has [by-zone]"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> pipeline.apply(scan().withIndex("by-zone").withConsistentRead()))
            .getMessage(),
        is("the global index by-zone cannot be read consistently"));
  }

  @Test
  void settingsHaveBounds() {
    createIndexedTable();
    assertThrows(IllegalArgumentException.class, () -> scan().withSegments(0));
    assertThrows(IllegalArgumentException.class, () -> scan().withSegments(1_000_001));
    assertThrows(IllegalArgumentException.class, () -> scan().withBuckets(0));
    assertThat(scan().withSegments(7).segments(), is(7));
  }

  @Test
  void metricsTellWhatWasRead() {
    createIndexedTable();
    TestPipeline pipeline = Outcomes.pipeline();
    pipeline.apply(ReadTable.by(scan().withSegments(5)));
    var result = pipeline.run();
    result.waitUntilFinish();
    Map<String, Long> counters = new HashMap<>();
    result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("sluice")).build())
        .getCounters()
        .forEach(c -> counters.put(c.getName().getName(), c.getAttempted()));
    assertThat(counters.get("read.items"), is(300L));
    assertThat(counters.get("read.evaluated"), is(300L));
    assertThat(counters.get("read.requests"), is(5L));
    assertThat(counters.get("read.units"), greaterThan(0L));
  }
}
