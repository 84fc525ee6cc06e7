/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static io.sluice.testing.Outcomes.assertLast;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.failure.Rejection;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemNumber;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.SourcedItemCoder;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Outcomes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WriteTableTest {
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:N"));

  private final LocalAws aws = LocalAws.shared();
  private final DynamoDbClient dynamodb = aws.dynamodb();
  private final TestPipeline pipeline = Outcomes.pipeline();
  private final String table = "write-" + UUID.randomUUID();

  @BeforeEach
  void createTable() {
    TableInfo created = CreateTable.named(table, KEY, Billing.ON_DEMAND, dynamodb);
    assertThat(created, is(DescribeTable.named(table, dynamodb).orElseThrow()));
  }

  private ClientConfiguration client() {
    return ClientConfiguration.builder()
        .endpoint(aws.dynamodbEndpoint())
        .region(aws.region())
        .credentialsProvider(aws.credentials())
        .build();
  }

  private WriteTable write(WriteEngine engine) {
    return WriteTable.to(table, KEY).withEngine(engine).withClient(client());
  }

  /** Returns the contents of the table, as values that are equal when the items are. */
  private Set<ByteBuffer> contents() {
    return dynamodb.scanPaginator(r -> r.tableName(table).consistentRead(true)).items().stream()
        .map(WriteTableTest::content)
        .collect(Collectors.toSet());
  }

  private static Map<String, AttributeValue> item(
      String pk, String sk, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> item = new HashMap<>(more);
    item.put("pk", fromS(pk));
    item.put("sk", fromN(sk));
    return item;
  }

  private static SourcedItem sourced(long offset, Map<String, AttributeValue> item) {
    return SourcedItem.of(new Origin("f", offset), item);
  }

  private static AttributeValue binary(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return fromB(SdkBytes.fromByteArray(all));
  }

  private static Tally written(long n) {
    return new Tally(Map.of(Count.WRITTEN, n), Map.of(), List.of());
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void itemsOfEveryTypeArrive(WriteEngine engine) {
    AttributeValue deep = fromS("leaf");
    for (int i = 0; i < 30; i++) {
      deep = i % 2 == 0 ? fromL(List.of(deep)) : fromM(Map.of("m", deep));
    }
    Map<String, AttributeValue> types = new HashMap<>();
    types.put("s", fromS("\u00e9\ud83d\ude00\n\0"));
    types.put("emptyS", fromS(""));
    types.put("n", fromN("-9.9999999999999999999999999999999999999E+125"));
    types.put("small", fromN("1E-130"));
    types.put("digits", fromN("40.719382000000003"));
    types.put("b", binary(0, 255, 10));
    types.put("emptyB", binary());
    types.put("yes", fromBool(true));
    types.put("no", fromBool(false));
    types.put("nothing", fromNul(true));
    types.put("ss", fromSs(List.of("b", "", "a")));
    types.put("ns", fromNs(List.of("10", "9", "-1.5")));
    types.put("bs", fromBs(List.of(binary(2).b(), binary(1, 0).b())));
    types.put("emptyL", fromL(List.of()));
    types.put("emptyM", fromM(Map.of()));
    types.put("l", fromL(List.of(fromN("1"), fromL(List.of()), fromM(Map.of()))));
    types.put("m", fromM(Map.of("Item", fromM(Map.of("S", fromS("x"))))));
    types.put("deep", deep);
    types.put("a name with . # and \u00e9", fromS("x"));
    List<Map<String, AttributeValue>> items =
        List.of(item("a", "1", types), item("a", "-1E-130", Map.of()), item("b", "0", Map.of()));
    assertLast(
        pipeline
            .apply(Create.of(items.stream().map(SourcedItem::withoutOrigin).toList()))
            .apply(write(engine)),
        List.of(),
        written(3));
    pipeline.run().waitUntilFinish();
    assertThat(contents(), equalTo(contentsOf(items)));
  }

  private static Set<ByteBuffer> contentsOf(List<Map<String, AttributeValue>> items) {
    return items.stream().map(WriteTableTest::content).collect(Collectors.toSet());
  }

  /** Encodes the item; DynamoDB returns numbers in a spelling of its own. */
  private static ByteBuffer content(Map<String, AttributeValue> item) {
    return ByteBuffer.wrap(ItemCoder.toBytes(plain(item)));
  }

  private static Map<String, AttributeValue> plain(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> plain = new HashMap<>(item);
    plain.replaceAll(
        (name, value) ->
            value.type() == AttributeValue.Type.N ? fromN(ItemNumber.canonical(value.n())) : value);
    return plain;
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void itemsThatDynamoDbRefusesAreRejectedAndTheOthersWritten(WriteEngine engine) {
    List<SourcedItem> good = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      good.add(sourced(i, item("p" + i % 7, String.valueOf(i), Map.of("i", fromN("" + i)))));
    }
    SourcedItem keyless = sourced(100, Map.of("pk", fromS("x")));
    SourcedItem otherType = sourced(101, Map.of("pk", fromS("x"), "sk", fromS("1")));
    SourcedItem emptyKey = sourced(102, item("", "1", Map.of()));
    SourcedItem large = sourced(103, item("x", "1", Map.of("a", fromS("x".repeat(409_600)))));
    SourcedItem badNumber = sourced(104, item("x", "1", Map.of("a", fromN("1e126"))));
    List<Rejection> rejections =
        List.of(
            rejection(keyless, Reason.KEY_MISSING, "key attribute 'sk': missing"),
            rejection(
                otherType,
                Reason.KEY_TYPE,
                "key attribute 'sk': of type S, but the table's key is of type N"),
            rejection(emptyKey, Reason.KEY_EMPTY, "key attribute 'pk': empty"),
            rejection(
                large, Reason.ITEM_TOO_LARGE, "the item is 409608 bytes; the limit is 409600"),
            rejection(
                badNumber,
                Reason.NUMBER_RANGE,
                "attribute 'a': a number outside \u00b11E-130 \u2026 \u00b19.99E+125 and not zero"));
    List<SourcedItem> all = new ArrayList<>(good);
    all.addAll(20, List.of(keyless, otherType, emptyKey, large, badNumber));
    assertLast(
        pipeline.apply(Create.of(all)).apply(write(engine)),
        rejections,
        new Tally(
            Map.of(Count.WRITTEN, 60L),
            rejections.stream().collect(Collectors.toMap(Rejection::reason, r -> 1L)),
            rejections.stream().map(Rejection::withoutPayload).toList()));
    pipeline.run().waitUntilFinish();
    assertThat(contents(), equalTo(contentsOf(good.stream().map(SourcedItem::item).toList())));
  }

  private static Rejection rejection(SourcedItem item, Reason reason, String message) {
    return Rejection.ofItem(Rejection.Stage.WRITE, item, reason, message);
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void spellingsOfOneNumberKeyDoNotBreakTheirBatch(WriteEngine engine) {
    List<SourcedItem> items = new ArrayList<>();
    for (String spelling : List.of("1", "1.0", "1e0", "+1", "01", "10e-1")) {
      items.add(sourced(items.size(), item("a", spelling, Map.of())));
    }
    items.add(sourced(99, item("a", "2", Map.of())));
    assertLast(
        pipeline.apply(Create.of(items)).apply(write(engine).withCheckedItems()),
        List.of(),
        written(7));
    pipeline.run().waitUntilFinish();
    assertThat(
        contents(),
        equalTo(contentsOf(List.of(item("a", "1", Map.of()), item("a", "2", Map.of())))));
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void writingAgainChangesNothing(WriteEngine engine) {
    List<SourcedItem> items =
        List.of(
            sourced(0, item("a", "1", Map.of("x", fromS("y")))),
            sourced(1, item("b", "1", Map.of())));
    for (int run = 0; run < 2; run++) {
      TestPipeline again = Outcomes.pipeline();
      assertLast(again.apply(Create.of(items)).apply(write(engine)), List.of(), written(2));
      again.run().waitUntilFinish();
    }
    assertThat(contents(), equalTo(contentsOf(items.stream().map(SourcedItem::item).toList())));
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void noItems(WriteEngine engine) {
    assertLast(
        pipeline.apply(Create.empty(SourcedItemCoder.of())).apply(write(engine)),
        List.of(),
        Tally.EMPTY);
    pipeline.run().waitUntilFinish();
    assertThat(contents(), equalTo(Set.of()));
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void aTableThatIsNotThereFailsTheJob(WriteEngine engine) {
    pipeline
        .apply(Create.of(sourced(0, item("a", "1", Map.of()))))
        .apply(WriteTable.to("no-such-table", KEY).withEngine(engine).withClient(client()));
    RuntimeException e = assertThrows(RuntimeException.class, () -> DirectRun.of(pipeline));
    assertThat(String.valueOf(e), containsString("no-such-table"));
  }

  @Test
  void engines() {
    assertThat(WriteEngine.parse("DynamoDBIO"), is(WriteEngine.DYNAMODBIO));
    assertThrows(IllegalArgumentException.class, () -> WriteEngine.parse("other"));
  }
}
