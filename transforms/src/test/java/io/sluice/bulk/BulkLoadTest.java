/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dedupe.Deduplicate;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJsonBuffer;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.PagesOfItems;
import io.sluice.report.Tally;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.Outcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Staged items, of which DynamoDB refuses some. */
@Timeout(120)
class BulkLoadTest {
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:N"));

  private final LocalAws aws = LocalAws.shared();
  private final String table = "bulk-" + UUID.randomUUID();
  private final String folder = "s3://" + aws.bucket() + "/runs/" + table + "/";
  private final List<SourcedItem> items = new ArrayList<>();

  private LoadSpec spec(LoadOperation operation) {
    return new LoadSpec(
        operation,
        table,
        KEY,
        operation == LoadOperation.IMPORT_TABLE ? TableDefinition.of(KEY, Billing.ON_DEMAND) : null,
        folder,
        UUID.randomUUID().toString(),
        null,
        null,
        ClientConfiguration.builder()
            .endpoint(aws.dynamodbEndpoint())
            .region(aws.region())
            .credentialsProvider(aws.credentials())
            .build());
  }

  private void add(String file, long offset, Map<String, AttributeValue> item) {
    items.add(SourcedItem.of(new Origin(file, offset), item));
  }

  private static Map<String, AttributeValue> item(String pk, int sk) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", fromS(pk));
    item.put("sk", fromN(Integer.toString(sk)));
    item.put("text \"quoted\" \u00e9", fromS("line\nline"));
    return item;
  }

  private Outcome load(Pipeline pipeline) {
    return load(LoadOperation.IMPORT_TABLE, pipeline);
  }

  private Outcome load(LoadOperation operation, Pipeline pipeline) {
    return pipeline
        .apply(Create.of(items))
        .apply("Pages", PagesOfItems.inAnyOrder())
        .apply(BulkLoad.of(spec(operation)));
  }

  private Set<Map<String, AttributeValue>> stored() {
    return aws.dynamodb().scanPaginator(scan -> scan.tableName(table)).items().stream()
        .collect(Collectors.toSet());
  }

  private List<String> keys(String below) {
    String prefix = "runs/" + table + "/" + below;
    return aws
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(aws.bucket()).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  private static Rejection refused(SourcedItem item, String why) {
    ItemJsonBuffer line = new ItemJsonBuffer().raw("{\"Item\":").item(item).raw("}");
    byte[] payload = Arrays.copyOf(line.array(), line.size());
    return new Rejection(
        Rejection.Stage.WRITE,
        Reason.REFUSED,
        "DynamoDB refused the item: " + why,
        item.origin(),
        payload,
        PayloadFormat.ITEM);
  }

  @ParameterizedTest
  @EnumSource(LoadOperation.class)
  void whatDynamoDbRefusesIsRejectedWithItsOrigin(LoadOperation operation) {
    if (operation == LoadOperation.BULK_PUT) {
      CreateTable.named(table, KEY, Billing.ON_DEMAND, aws.dynamodb());
    }
    Set<Map<String, AttributeValue>> good =
        IntStream.range(0, 500).mapToObj(i -> item("p" + i % 7, i)).collect(Collectors.toSet());
    int n = 0;
    for (Map<String, AttributeValue> item : good) {
      add("s3://b/one.csv", 10L * n++, item);
    }
    Map<String, AttributeValue> noSortKey = new LinkedHashMap<>(item("a", 1));
    noSortKey.remove("sk");
    Map<String, AttributeValue> otherType = new LinkedHashMap<>(item("b", 2));
    otherType.put("sk", fromS("2"));
    Map<String, AttributeValue> tooLarge = new LinkedHashMap<>(item("c", 3));
    tooLarge.put("large", fromS("x".repeat(410_000)));
    add("s3://b/a \"file\".csv", 7, noSortKey);
    add("s3://b/one.csv", 77_777, otherType);
    add("s3://b/two.csv", 0, tooLarge);
    List<Rejection> rejections =
        List.of(
            refused(
                items.get(500),
                "One or more parameter values were invalid: Missing the key sk in the item"),
            refused(
                items.get(501),
                "One or more parameter values were invalid: Type mismatch for key sk expected: N"
                    + " actual: S"),
            refused(items.get(502), "Item size has exceeded the maximum allowed size"));
    Collections.shuffle(items, new Random(7));
    Pipeline pipeline = Pipeline.create(LocalS3.options(aws));
    Tally sum =
        new Tally(
            Map.of(Count.WRITTEN, 500L),
            Map.of(Reason.REFUSED, 3L),
            rejections.stream()
                .map(Rejection::withoutPayload)
                .sorted(Comparator.comparing(Rejection::origin))
                .toList());
    Outcomes.assertLast(load(operation, pipeline), rejections, sum);
    pipeline.run().waitUntilFinish();
    assertThat(stored(), is(good));
  }

  /** Refused items are in one file, so that each operation reads it up to the next of them. */
  @Test
  void aFileThatEndsAtARefusedItemIsContinuedByAnotherOperation() throws Exception {
    CreateTable.named(table, KEY, Billing.ON_DEMAND, aws.dynamodb());
    for (int i = 0; i < 300; i++) {
      Map<String, AttributeValue> item = item("p", i);
      if (i % 100 == 50) {
        item.put("large", fromS("x".repeat(410_000)));
      }
      add("f", i, item);
    }
    Pipeline pipeline = Pipeline.create(LocalS3.options(aws));
    Outcome loaded =
        pipeline
            .apply(Create.of(items))
            .apply("Deduplicate", Deduplicate.by(KEY).intoBuckets(1))
            .pages()
            .apply(BulkLoad.of(spec(LoadOperation.BULK_PUT)));
    PAssert.that(loaded.get(BulkLoad.SECTION))
        .satisfies(
            sections -> {
              LoadSection section = LoadSection.parse(sections.iterator().next());
              assertThat(section.files(), is(1L));
              assertThat(section.ids().size() > 1, is(true));
              return null;
            });
    PAssert.that(
            loaded
                .rejections()
                .apply(
                    "Offsets",
                    MapElements.into(TypeDescriptors.longs())
                        .via(rejection -> rejection.origin().offset())))
        .containsInAnyOrder(50L, 150L, 250L);
    pipeline.run().waitUntilFinish();
    assertThat(stored().size(), is(297));
    int claims = StagedRun.in(folder).last().orElseThrow().number();
    // The same job, run again, finds all of it, and starts nothing.
    List<Rejection> rejections = new ArrayList<>();
    Loading.Result again =
        new Loading(spec(LoadOperation.BULK_PUT), LocalS3.options(aws).as(AwsOptions.class))
            .of(List.of(new StagedFile("other", 300, 0)), rejections::add);
    assertThat(again.written(), is(297L));
    assertThat(rejections.size(), is(3));
    assertThat(again.section().ids().size(), is(claims));
    assertThat(StagedRun.in(folder).last().orElseThrow().number(), is(claims));
  }

  @Test
  void filesInNoClaimAreNotLoadedAndAllIsDeletedInTheEnd() throws Exception {
    add("f", 0, item("a", 1));
    Pipeline pipeline = Pipeline.create(LocalS3.options(aws));
    // Left by a worker that was killed: it is not in the list of files.
    aws.s3()
        .putObject(
            put -> put.bucket(aws.bucket()).key("runs/" + table + "/staged/x/part-1.json.gz"),
            RequestBody.fromString("not gzip"));
    Outcomes.assertLast(
        load(pipeline), List.of(), new Tally(Map.of(Count.WRITTEN, 1L), Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
    assertThat(stored(), contains(item("a", 1)));
    assertThat(keys("claim-1"), is(not(empty())));
    StagedRun.in(folder).delete();
    assertThat(keys(""), is(empty()));
  }

  @Test
  void itemsOfOneKeyAreNotNeighbours() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      add("f", i, item(i < 500 ? "first" : "second", i));
    }
    Pipeline pipeline = Pipeline.create(LocalS3.options(aws));
    pipeline
        .apply(Create.of(items))
        .apply("Deduplicate", Deduplicate.by(KEY).intoBuckets(2))
        .pages()
        .apply(BulkLoad.of(spec(LoadOperation.IMPORT_TABLE)));
    pipeline.run().waitUntilFinish();
    StagedRun run = StagedRun.in(folder);
    Claim claim = run.last().orElseThrow();
    assertThat(claim.items(), is(1_000L));
    assertThat(claim.files().size(), is(2));
    int changes = 0;
    for (StagedFile file : claim.files()) {
      String last = "";
      for (String line :
          new String(run.open(claim, StagedFile.ofOrigins(file.name())).readAllBytes(), UTF_8)
              .lines()
              .toList()) {
        String key = line.substring(line.indexOf("\"key\":"), line.indexOf(",\"sk\""));
        changes += key.equals(last) ? 0 : 1;
        last = key;
      }
    }
    // In order there is one change in each file, and at random there are half as many as items.
    assertThat(changes > 300, is(true));
  }
}
