/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StreamRecordParserTest {
  private static final KeySchema KEY = new KeySchema(KeyAttribute.parse("id:S"), null);

  private static final String PUT =
      """
      {"eventID":"e","eventName":"MODIFY","awsRegion":"us-east-1","dynamodb":
      {"ApproximateCreationDateTime":1693997155.25,"Keys":{"id":{"S":"secret"}},
      "NewImage":{"id":{"S":"secret"},"n":{"N":"1.50"},"l":{"L":[]}},"OldImage":{"id":{"S":"x"}},
      "SequenceNumber":"4421584500000000017450439091","SizeBytes":26},"eventSourceARN":"arn"}""";

  private static final String DEEP = "[".repeat(1_001) + "]".repeat(1_001);

  private static Change parse(String json) throws InvalidItemException {
    return new StreamRecordParser(KEY).parse(json.getBytes(UTF_8));
  }

  @Test
  void aPutHasTheItem() throws InvalidItemException {
    Change change = parse(PUT);
    assertThat(change.kind(), is(Change.Kind.PUT));
    assertThat(change.key(), is(ItemKey.of(Map.of("id", AttributeValue.fromS("secret")), KEY)));
    assertThat(change.sequence(), is(new BigInteger("4421584500000000017450439091")));
    assertThat(change.millis(), is(1693997155250L));
    assertThat(
        ItemCoder.fromBytes(change.item()),
        is(
            Map.of(
                "id", AttributeValue.fromS("secret"),
                "n", AttributeValue.fromN("1.50"),
                "l", AttributeValue.builder().l(java.util.List.of()).build())));
  }

  @Test
  void aRemoveHasNone() throws InvalidItemException {
    Change change = parse(PUT.replace("MODIFY", "REMOVE").replaceAll("\"NewImage\":.*?\\]}},", ""));
    assertThat(change.kind(), is(Change.Kind.DELETE));
    assertThat(change.mark().kind(), is(Change.Kind.MARK));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"MODIFY\"            | \"UPDATE\"             | its eventName is none of",
        "\"MODIFY\"            | \"REMOVE\"             | it is a REMOVE with a NewImage",
        "\"NewImage\"          | \"Image\"              | its NewImage is missing",
        "\"Keys\"              | \"Key\"                | its Keys are missing",
        "4421584500000000017450439091 | 12x                | its SequenceNumber is missing or no",
        "1693997155.25          | \"now\"                | its ApproximateCreationDateTime",
        "1693997155.25          | 1e30                   | its ApproximateCreationDateTime",
        "\"Keys\":{\"id\":{\"S\":\"secret\" | \"Keys\":{\"id\":{\"S\":\"y\" | has another key",
        "\"Keys\":{\"id\":{\"S\"  | \"Keys\":{\"id\":{\"N\"    | of type N",
        "\"1.50\"              | \"1.50\"},\"n\":{\"N\":\"2\"| n",
        "\"arn\"}              | \"arn\"}{}              | something follows",
        "\"arn\"}              | \"arn\",\"x\":DEEP}      | nested too deep",
        "1693997155.25          | 1e-9999999999          | not valid JSON near byte",
        "\"arn\"}              | \"arn\"                | not valid JSON near byte",
      })
  void whatIsNoneIsRefusedWithoutItsContents(String part, String other, String why) {
    assertThat(PUT, containsString(part));
    String record = PUT.replace(part, other.replace("DEEP", DEEP));
    InvalidItemException e = assertThrows(InvalidItemException.class, () -> parse(record));
    assertThat(e.getMessage(), containsString(why));
    assertThat(e.getMessage(), not(containsString("secret")));
  }
}
