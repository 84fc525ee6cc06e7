/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTest {

  private static final JsonFactory JSON = new JsonFactory();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'a':{'S':''}}",
        "{'a':{'S':'b'},'c':{'S':'d'}}",
        "{'a':{'N':'-56.789'}}",
        "{'a':{'B':''}}",
        "{'a':{'B':'Yg=='}}",
        "{'a':{'B':'//79'}}",
        "{'a':{'BOOL':true}}",
        "{'a':{'BOOL':false}}",
        "{'a':{'NULL':true}}",
        "{'a':{'SS':['c','','a']}}",
        "{'a':{'NS':['3','-1','0']}}",
        "{'a':{'BS':['Yg==','']}}",
        "{'a':{'L':[]}}",
        "{'a':{'M':{}}}",
        "{'a':{'L':[{'S':'a'},{'N':'1'},{'L':[{'NULL':true}]},{'M':{'b':{'SS':['c']}}}]}}",
        "{'a':{'M':{'a':{'M':{}},'b':{'L':[]},'c':{'BS':['Yg==']}}}}"
      })
  void readsAndWrites(String json) throws IOException {
    String quoted = quoted(json);

    assertThat(write(read(quoted)), is(quoted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'a':{'N':'1.50e1'}} | {'a':{'N':'15'}}",
        "{'a':{'NS':['1.0','1e1','00.5']}} | {'a':{'NS':['1','10','0.5']}}",
        "{'a':{'N':'1e20'}} | {'a':{'N':'100000000000000000000'}}",
        "{'a':{'N':'1e-10'}} | {'a':{'N':'0.0000000001'}}",
        "{'a':{'BOOL':'true'}} | {'a':{'BOOL':true}}",
        "{'a':{'BOOL':'Yes'}} | {'a':{'BOOL':true}}",
        "{'a':{'BOOL':'1'}} | {'a':{'BOOL':true}}",
        "{'a':{'BOOL':'FALSE'}} | {'a':{'BOOL':false}}",
        "{'a':{'BOOL':'no'}} | {'a':{'BOOL':false}}",
        "{'a':{'BOOL':'0'}} | {'a':{'BOOL':false}}",
        "{'a':{'NULL':'yes'}} | {'a':{'NULL':true}}",
        "{'a':{'S':null,'N':'1','M':null}} | {'a':{'N':'1'}}",
        "{'a':{'X':{'S':['x']},'S':'b','Y':[1]}} | {'a':{'S':'b'}}",
        "{'a':{'S':'b','S':'c'}} | {'a':{'S':'c'}}",
        "{'a':{'S':'b'},'a':{'N':'1'}} | {'a':{'N':'1'}}"
      })
  void readsLoosely(String json, String written) throws IOException {
    assertThat(write(read(quoted(json))), is(quoted(written)));
  }

  @Test
  void bringsBackRandomItems() throws IOException {
    RandomItems random = new RandomItems(21);
    for (int i = 0; i < 3_000; i++) {
      Map<String, Value> item = random.item();
      Map<String, Value> back = read(write(item));
      assertThat(back, is(item));
      assertThat(new ArrayList<>(back.keySet()), is(new ArrayList<>(item.keySet())));
    }
  }

  @Test
  void readsOneValueAndLeavesTheParserAtItsEnd() throws IOException {
    JsonParser json = JSON.createParser(quoted("[{'L':[{'M':{}}]},{'S':'a'},7]"));
    json.nextToken();
    json.nextToken();
    ValueReader reader = new ValueReader(json, Wording.CURRENT);
    assertThat(reader.value(), is(new Value.L(List.of(new Value.M(Map.of())))));
    assertThat(json.currentToken(), is(JsonToken.END_OBJECT));
    json.nextToken();
    assertThat(reader.value(), is(new Value.S("a")));
    assertThat(reader.problem(), is(Optional.empty()));
    assertThat(json.nextToken(), is(JsonToken.VALUE_NUMBER_INT));
  }

  @Test
  void sharesConstants() throws IOException {
    Map<String, Value> item = read(quoted("{'a':{'BOOL':true},'b':{'NULL':true}}"));

    assertThat(item.get("a"), sameInstance(Value.Bool.TRUE));
    assertThat(item.get("b"), sameInstance(Value.Null.NULL));
  }

  @Test
  void throwsTheProblemOfAnItemWhenItHasReadIt() {
    DynamoDbException e =
        assertThrows(DynamoDbException.class, () -> read(quoted("{'a':{'N':'b'},'c':{'SS':[]}}")));

    assertThat(e.type(), is("ValidationException"));
    assertThat(e.getMessage(), is("The parameter cannot be converted to a numeric value: b"));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static Map<String, Value> read(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      ValueReader reader = new ValueReader(json, Wording.CURRENT);
      Map<String, Value> item = reader.item();
      reader.check();
      return item;
    }
  }

  private static String write(Map<String, Value> item) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      ValueJson.writeItem(json, item);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
