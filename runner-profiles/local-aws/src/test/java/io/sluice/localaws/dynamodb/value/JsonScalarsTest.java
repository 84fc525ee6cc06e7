/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonScalarsTest {

  private static final JsonFactory JSON = new JsonFactory();

  @Test
  void decodesBase64() {
    RandomItems random = new RandomItems(5);
    for (int i = 0; i < 2_000; i++) {
      Bytes bytes = random.bytes();
      assertThat(JsonScalars.decode(bytes.toString()), is(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "23456 | Base64 encoded length is expected a multiple of 4 bytes but found: 5",
        "=+/= | Invalid last non-pad Base64 character dectected",
        "+/+= | Invalid last non-pad Base64 character dectected",
        "Yh== | Invalid last non-pad Base64 character dectected",
        "Y@== | Invalid Base64 character: '@'",
        "Yg€= | Invalid Base64 character: '€'",
        "Y-_A | Invalid Base64 character: '-'",
        "==== | Invalid Base64 character: '='",
        "Yg==Yg== | Invalid Base64 character: '='"
      })
  void rejectsWhatIsNoBase64(String text, String message) {
    assertRejected(() -> JsonScalars.decode(text), message);
  }

  @Test
  void readsWholeNumbers() throws IOException {
    assertThat(number("23"), is(23L));
    assertThat(number("-2147483649"), is(-2147483649L));
    assertThat(number("34.56"), is(34L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'23' | STRING_VALUE cannot be converted to Long",
        "true | TRUE_VALUE cannot be converted to Long",
        "false | FALSE_VALUE cannot be converted to Long",
        "[] | Unrecognized collection type class java.lang.Long",
        "{} | Start of structure or map found where not expected"
      })
  void rejectsWhatIsNoWholeNumber(String json, String message) {
    assertRejected(() -> number(json.replace('\'', '"')), message);
  }

  private static void assertRejected(Executable action, String message) {
    DynamoDbException e = assertThrows(DynamoDbException.class, action);
    assertThat(e.type(), is("SerializationException"));
    assertThat(e.getMessage(), is(message));
  }

  private static long number(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return JsonScalars.number(json, "Long");
    }
  }
}
