/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.ItemParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the writes of a batch that are scanned with those that are parsed. */
class WriteRequestTest {

  private static final String PUT = "{'PutRequest':{'Item':{'k':{'S':'a'},'n':{'N':'1'}}}}";
  private static final String DELETE = " { 'DeleteRequest' : { 'Key' : { 'k' : { 'S' : 'b' } } } }";

  private static List<Object> outcome(JsonFactory factory, byte[] json) {
    List<Object> outcome = new ArrayList<>();
    try (JsonParser parser = factory.createParser(json)) {
      parser.nextToken();
      parser.nextToken();
      parser.nextToken();
      for (WriteRequest request : WriteRequest.readAll(parser)) {
        outcome.add(request.toString());
        outcome.add(request.size());
        outcome.add(request.isOne());
        outcome.add(request.problem().map(Throwable::getMessage));
      }
      outcome.add(parser.currentToken());
      outcome.add(String.valueOf(parser.nextToken()));
    } catch (IOException e) {
      return List.of("no JSON");
    } catch (DynamoDbException e) {
      return List.of(e.getMessage());
    }
    return outcome;
  }

  private static byte[] bytes(String writes) {
    return ("{'t':[" + writes + "],'u':[]}").replace('\'', '"').getBytes(UTF_8);
  }

  private static void checkSame(String reason, byte[] json) {
    assertThat(
        reason + ": " + new String(json, UTF_8),
        outcome(ItemParser.factory(), json),
        is(outcome(new JsonFactory(), json)));
  }

  @Test
  void readsPutsAndDeletes() {
    assertThat(outcome(ItemParser.factory(), bytes(PUT + "," + DELETE)), hasSize(2 * 4 + 2));
    checkSame("both", bytes(PUT + "," + DELETE));
  }

  @Test
  void readsOtherWritesAsTheParserDoes() {
    for (String write :
        List.of(
            "",
            "null",
            "{}",
            "[]",
            "{'PutRequest':null}",
            "{'PutRequest':{}}",
            "{'PutRequest':{'Item':null}}",
            "{'PutRequest':{'Item':{'k':{'S':'a'}},'More':1}}",
            "{'PutRequest':{'Item':{'k':{'S':'a'}}},'DeleteRequest':{'Key':{'k':{'S':'a'}}}}",
            "{'PutRequest':{'Key':{'k':{'S':'a'}}}}",
            "{'PutRequest':{'Item':{'k':{'N':'x'}}}}",
            "{'PutRequest':{'Item':{'k':{'SS':['a','a']}}}}")) {
      checkSame("first", bytes(write));
      checkSame("last", bytes(PUT + "," + write));
      checkSame("between", bytes(PUT + "," + write + "," + DELETE));
    }
  }

  @Test
  void readsWhatIsBrokenAsTheParserDoes() {
    byte[] whole = bytes(PUT + "," + DELETE + "," + PUT);
    for (long seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      byte[] json = whole.clone();
      int at = 6 + random.nextInt(json.length - 6);
      switch (random.nextInt(3)) {
        case 0 -> json = Arrays.copyOf(json, at);
        case 1 -> json[at] = (byte) random.nextInt(128);
        default -> json[at] = json[6 + random.nextInt(json.length - 6)];
      }
      checkSame("seed " + seed, json);
    }
  }
}
