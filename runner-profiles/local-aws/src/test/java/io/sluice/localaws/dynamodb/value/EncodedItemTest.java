/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares items that are encoded while they are read with items that are maps of values. */
class EncodedItemTest {

  private static final JsonFactory JSON = new JsonFactory();

  private static Map<String, Value> read(String text) throws IOException {
    return readItem(text.replace('\'', '"'));
  }

  private static Map<String, Value> readItem(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      ValueReader reader = new ValueReader(json, Wording.CURRENT);
      Map<String, Value> item = reader.item();
      reader.check();
      return item;
    }
  }

  private static Map<String, Value> throughJson(Map<String, Value> item) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      ValueJson.writeItem(json, item);
    }
    return readItem(text.toString());
  }

  private static void checkSame(String seed, Map<String, Value> item) throws IOException {
    Map<String, Value> read = throughJson(item);
    assertThat(seed, read, instanceOf(EncodedItem.class));
    assertThat(seed, read.size(), is(item.size()));
    assertThat(seed, Sizes.of(read), is(Sizes.of(item)));
    assertThat(seed, ItemCodec.encode(read, 3), is(ItemCodec.encode(item, 3)));
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      assertThat(seed, read.get(attribute.getKey()), is(attribute.getValue()));
    }
    assertThat(seed, read.get("none"), nullValue());
    assertThat(seed, read, is(item));
    assertThat(seed, List.copyOf(read.keySet()), is(List.copyOf(item.keySet())));
  }

  @Test
  void isTheSameAsAMap() throws Exception {
    for (long seed = 0; seed < 500; seed++) {
      checkSame("seed " + seed, new RandomItems(seed).item());
    }
  }

  @Test
  void hasManyAttributes() throws Exception {
    for (int count : new int[] {0, 1, 15, 16, 17, 127, 128, 129, 1000}) {
      Map<String, Value> item = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        item.put("name" + i, new Value.N(Numbers.parse("-" + i + ".50")));
      }
      checkSame(count + " attributes", item);
    }
  }

  @Test
  void takesTheLastOfValuesWithOneName() throws Exception {
    Map<String, Value> item = read("{'a':{'S':'1'},'b':{'N':'2'},'a':{'L':[]},'c':{'S':'3'}}");
    assertThat(
        item,
        is(
            Map.of(
                "a",
                new Value.L(List.of()),
                "b",
                new Value.N(Numbers.parse("2")),
                "c",
                new Value.S("3"))));
    assertThat(List.copyOf(item.keySet()), is(List.of("a", "b", "c")));
    assertThat(Sizes.of(item), is(1L + 3 + 1 + 2 + 1 + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'\\ud800':{'S':'12'},'?':{'N':'1'}}",
        "{'?':{'S':'12'},'\\udc00':{'N':'1'}}",
        "{'\\ud800':{'S':'12'},'\\udc00\\ud800':{'S':'1'},'a':{'S':'1'},'\\ud801':{'N':'1'}}",
        "{'m':{'M':{'\\ud800':{'S':'12'},'?':{'N':'1'}}}}"
      })
  void hasOneNameForAllThatAreEncodedAlike(String json) throws Exception {
    Map<String, Value> item = read(json);

    Map<String, Value> back = ItemCodec.decode(ItemCodec.encode(item));

    assertThat(item.size(), is(item.entrySet().size()));
    assertThat(back, is(item));
    assertThat(Sizes.of(item), is(Sizes.of(back)));
  }

  @Test
  void givesTheSameBeforeAndAfterItIsDecoded() throws Exception {
    Map<String, Value> item = read("{'?':{'S':'a'}}");

    Value before = item.get("\ud800");
    item.forEach((name, value) -> {});

    assertThat(before, is(item.get("\ud800")));
    assertThat(item.get("?"), is(new Value.S("a")));
  }

  @Test
  void takesMembersThatDoNotCount() throws Exception {
    assertThat(
        read("{'a':{'S':'1','N':null,'X':[{}]},'b':{'S':null,'N':'2'},'c':{'S':'3','S':'4'}}"),
        is(
            Map.of(
                "a",
                new Value.S("1"),
                "b",
                new Value.N(Numbers.parse("2")),
                "c",
                new Value.S("4"))));
  }

  @Test
  void isEncodedAgainWithinAnother() throws Exception {
    Map<String, Value> inner = read("{'a':{'S':'1'}}");
    Map<String, Value> outer = Map.of("m", new Value.M(inner));
    assertThat(ItemCodec.decode(ItemCodec.encode(outer)), is(outer));
  }
}
