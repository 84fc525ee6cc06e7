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
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportRecordParserTest {
  private static final String PUT =
      """
      {"Metadata":{"WriteTimestampMicros":{"N":"1769902000001500"}},"Keys":{"id":{"S":"secret"}},
      "OldImage":null,"NewImage":{"id":{"S":"secret"}}}""";

  private static final String DEEP = "[".repeat(1_001) + "]".repeat(1_001);

  private static Change parse(String json) throws InvalidItemException {
    ChangeRules rules = new ChangeRules(new KeySchema(KeyAttribute.parse("id:S"), null));
    return new ExportRecordParser(rules).parse(json.getBytes(UTF_8));
  }

  @Test
  void onlyWhatHasNoImageIsGone() throws InvalidItemException {
    assertThat(parse(PUT).kind(), is(Change.Kind.PUT));
    Change gone = parse(PUT.replaceAll(",\\s*\"OldImage.*", "}"));
    assertThat(gone.kind(), is(Change.Kind.DELETE));
    assertThat(gone.millis(), is(1_769_902_000_001L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"NewImage\":{\"id\":{\"S\":\"secret\"}} | \"NewImage\":null       | NewImage is no object",
        "\"NewImage\":{\"id\":{\"S\":\"secret\"}} | \"NewImage\":\"secret\" | NewImage is no object",
        "\"Keys\":{\"id\":{\"S\":\"secret\"}}     | \"Keys\":[\"secret\"]   | Keys is no object",
        "{\"N\":\"1769902000001500\"}             | null                    | are no number",
        "{\"WriteTimestampMicros\":{\"N\":\"1769902000001500\"}} | 5 | Metadata is no object",
        "\"OldImage\"                             | \"Keys\"                | name twice",
        "\"OldImage\":null                        | \"OldImage\":DEEP       | nested too deep",
        "}}}                                      | }}                      | not valid JSON",
      })
  void whatIsNoneIsRefusedWithoutItsContents(String part, String other, String why) {
    assertThat(PUT, containsString(part));
    String record = PUT.replace(part, other.replace("DEEP", DEEP));
    InvalidItemException e = assertThrows(InvalidItemException.class, () -> parse(record));
    assertThat(e.getMessage(), containsString(why));
    assertThat(e.getMessage(), not(containsString("secret")));
  }
}
