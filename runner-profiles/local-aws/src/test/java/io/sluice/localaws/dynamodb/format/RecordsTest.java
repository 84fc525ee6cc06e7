/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.RandomItems;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordsTest {

  private static List<InputRecord> read(ItemFormat format, byte[] bytes) throws IOException {
    List<InputRecord> records = new ArrayList<>();
    try (RecordReader reader = format.reader(new ByteArrayInputStream(bytes))) {
      for (Optional<InputRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        records.add(next.get());
      }
    }
    return records;
  }

  private static byte[] write(ItemFormat format, List<Map<String, Value>> items)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RecordWriter writer = format.writer(bytes)) {
      for (Map<String, Value> item : items) {
        writer.write(Map.of("Item", item));
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(ItemFormat format) throws IOException {
    long seed = System.nanoTime();
    RandomItems random = new RandomItems(seed);
    List<Map<String, Value>> items = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      items.add(random.item());
    }
    List<Map<String, Value>> read = new ArrayList<>();
    for (InputRecord record : read(format, write(format, items))) {
      assertThat("seed " + seed, record.problem(), is(Optional.empty()));
      read.add(record.item());
    }
    assertThat("seed " + seed, read, is(items));
  }

  private static Map<String, Value> allTypes() {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("s", new Value.S("a\n\"\u00e4"));
    item.put("n", new Value.N(new BigDecimal("-0.000012345678901234567890123456789012345678")));
    item.put("huge", new Value.N(new BigDecimal("1E+125")));
    item.put("b", new Value.B(Bytes.of((byte) 0, (byte) -1)));
    item.put("t", Value.Bool.TRUE);
    item.put("z", Value.Null.NULL);
    item.put("ss", new Value.SS(new LinkedHashSet<>(List.of("x", ""))));
    item.put(
        "ns", new Value.NS(new LinkedHashSet<>(List.of(BigDecimal.ONE, BigDecimal.TEN.negate()))));
    item.put("bs", new Value.BS(Set.of(Bytes.of())));
    item.put("l", new Value.L(List.of(new Value.M(Map.of("a b", new Value.L(List.of()))))));
    return item;
  }

  @Test
  void writesEveryTypeAsIonDoes() throws IOException {
    assertThat(
        new String(write(ItemFormat.ION, List.of(allTypes())), UTF_8),
        is(
            "$ion_1_0 {Item:{s:\"a\\n\\\"\u00e4\","
                + "n:-0.000012345678901234567890123456789012345678,huge:1d125,b:{{AP8=}},t:true,"
                + "z:null,ss:$dynamodb_SS::[\"x\",\"\"],ns:$dynamodb_NS::[1.,-1d1],"
                + "bs:$dynamodb_BS::[{{}}],l:[{'a b':[]}]}}\n"));
    assertThat(
        read(ItemFormat.ION, write(ItemFormat.ION, List.of(allTypes()))).get(0).item(),
        is(allTypes()));
  }

  @Test
  void writesEveryTypeAsDynamoDbJsonDoes() throws IOException {
    assertThat(
        new String(write(ItemFormat.DYNAMODB_JSON, List.of(allTypes())), UTF_8).replace('"', '\''),
        is(
            "{'Item':{'s':{'S':'a\\n\\'\u00e4'},"
                + "'n':{'N':'-0.000012345678901234567890123456789012345678'},'huge':{'N':'1"
                + "0".repeat(125)
                + "'},'b':{'B':'AP8='},'t':{'BOOL':true},'z':{'NULL':true},"
                + "'ss':{'SS':['x','']},'ns':{'NS':['1','-10']},'bs':{'BS':['']},"
                + "'l':{'L':[{'M':{'a b':{'L':[]}}}]}}}\n"));
  }

  private static String problem(ItemFormat format, String text) throws IOException {
    return read(format, text.getBytes(UTF_8)).get(0).problem().orElseThrow().getMessage();
  }

  @Test
  void keepsTheProblemOfValuesThatAreNotValid() throws IOException {
    String digits = "1".repeat(39);
    String many = "Attempting to store more than 38 significant digits in a Number";
    assertThat(problem(ItemFormat.ION, "{Item:{n:" + digits + "}}"), is(many));
    assertThat(
        problem(ItemFormat.DYNAMODB_JSON, "{\"Item\":{\"n\":{\"N\":\"" + digits + "\"}}}"),
        is(many));
    assertThat(
        problem(ItemFormat.ION, "{Item:{s:$dynamodb_NS::[1,1.0]}}"),
        is("One or more parameter values were invalid: Input collection contains duplicates."));
    assertThat(problem(ItemFormat.ION, "{Item:{'':1}}"), is("Empty attribute name"));
  }

  private static String malformed(ItemFormat format, String text) {
    return assertThrows(MalformedObjectException.class, () -> read(format, text.getBytes(UTF_8)))
        .getMessage();
  }

  @Test
  void endsWithWhatIsNoRecord() {
    assertThat(malformed(ItemFormat.DYNAMODB_JSON, "[]"), is("The line is no JSON object"));
    assertThat(malformed(ItemFormat.DYNAMODB_JSON, "{"), is("The line is not JSON"));
    assertThat(malformed(ItemFormat.DYNAMODB_JSON, "{}"), is("The line has no member Item"));
    assertThat(
        malformed(ItemFormat.DYNAMODB_JSON, "{\"Item\":{\"a\":{\"S\":1}}}"),
        is("NUMBER_VALUE cannot be converted to String"));
    assertThat(malformed(ItemFormat.ION, "1"), is("The value is no Ion struct"));
    assertThat(malformed(ItemFormat.ION, "{"), is("The object is not Ion"));
    assertThat(malformed(ItemFormat.ION, "{a:1}"), is("The struct has no member Item"));
    assertThat(malformed(ItemFormat.ION, "{Item:1}"), is("The member Item is no Ion struct"));
    assertThat(
        malformed(ItemFormat.ION, "{Item:{a:1e0}}"),
        is("DynamoDB has nothing for values of the type FLOAT"));
    assertThat(
        malformed(ItemFormat.ION, "{Item:{a:$dynamodb_SS::[1]}}"),
        is("$dynamodb_SS has a value of the type N"));
  }

  @Test
  void readsConditions() throws IOException {
    InputRecord.Condition condition =
        new InputRecord.Condition(
            "#a = :b", Optional.of(Map.of("#a", "a")), Optional.of(Map.of(":b", new Value.S("b"))));
    assertThat(
        read(
                ItemFormat.ION,
                ("{Item:{},ConditionExpression:\"#a = :b\",ExpressionAttributeNames:{'#a':\"a\"},"
                        + "ExpressionAttributeValues:{':b':\"b\"}}")
                    .getBytes(UTF_8))
            .get(0)
            .condition(),
        is(Optional.of(condition)));
    assertThat(
        read(
                ItemFormat.DYNAMODB_JSON,
                "{'ConditionExpression':'#a = :b','ExpressionAttributeNames':{'#a':'a'},"
                    .concat("'ExpressionAttributeValues':{':b':{'S':'b'}},'Item':{}}")
                    .replace('\'', '"')
                    .getBytes(UTF_8))
            .get(0)
            .condition(),
        is(Optional.of(condition)));
  }

  @Test
  void readsIonThatIsNestedTooDeepNoFurtherAndGoesOn() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String text = "{Item:{a:" + deep + "}} {More:" + deep + ",Item:{a:1}} {Item:{a:2}}";
    assertThat(
        problem(ItemFormat.ION, text).startsWith("Nesting Levels have exceeded supported limits"),
        is(true));
    List<InputRecord> records = read(ItemFormat.ION, text.getBytes(UTF_8));
    assertThat(records.get(1).item(), is(Map.of("a", new Value.N(BigDecimal.ONE))));
    assertThat(records.get(1).problem(), is(Optional.empty()));
    assertThat(records.get(2).item(), is(Map.of("a", new Value.N(BigDecimal.valueOf(2)))));
  }

  @Test
  void endsWithConditionsThatAreNoStrings() {
    for (String condition : List.of("1", "null.string", "{}", "null")) {
      assertThat(
          malformed(ItemFormat.ION, "{Item:{},ConditionExpression:" + condition + "}"),
          is("The member ConditionExpression is no string"));
    }
  }

  @Test
  void readsLinesOfJsonUpToABound() throws IOException {
    String item = "{\"Item\":{}}";
    String longest = item + " ".repeat(16 * 1024 * 1024 - item.length());
    assertThat(
        read(ItemFormat.DYNAMODB_JSON, (longest + "\r\n" + item).getBytes(UTF_8)).size(), is(2));
    assertThat(
        malformed(ItemFormat.DYNAMODB_JSON, longest + " "),
        is("The line has more than 16777216 characters"));
  }

  @Test
  void endsWithFieldsThatHaveNoName() {
    // {Item:{h:1}} with a damaged symbol table
    byte[] nameless = HexFormat.of().parseHex("e00100eaec8131d98721844974656d813fd58ad38b2101");
    assertThat(
        assertThrows(MalformedObjectException.class, () -> read(ItemFormat.ION, nameless))
            .getMessage(),
        is("A field has no name"));
  }

  @Test
  void passesOnThatAnObjectCannotBeRead() {
    IOException cannot = new IOException("S3 cannot read key in bucket");
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw cannot;
          }
        };
    for (ItemFormat format : ItemFormat.values()) {
      assertThat(
          assertThrows(
                  IOException.class,
                  () -> {
                    try (RecordReader reader = format.reader(in)) {
                      reader.next();
                    }
                  })
              .getMessage(),
          is(cannot.getMessage()));
    }
  }
}
