/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.ItemDraft;
import io.sluice.item.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that PostgreSQL does not send, and a database that speaks its language might. */
class PostgresTypeTest {
  private static final PostgresType BOOL = PostgresType.of("bool", false, JsonAs.NESTED);

  private static boolean isDrafted(String text) {
    ItemDraft item = new ItemDraft();
    item.begin();
    item.name("a", "a".getBytes(UTF_8));
    return BOOL.draft(text.getBytes(UTF_8), null, item);
  }

  @Test
  void aBooleanIsOfOneLetter() {
    assertThat(BOOL.value("t".getBytes(UTF_8)), is(true));
    assertThat(BOOL.value("f".getBytes(UTF_8)), is(false));
    assertThat(isDrafted("t"), is(true));
    assertThat(isDrafted("f"), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "1", "T", "to", ""})
  void whatIsNoBooleanIsNotTakenForFalse(String text) {
    Unusable unusable = new Unusable(Reason.NOT_OF_TYPE, "not a boolean", text);
    assertThat(BOOL.value(text.getBytes(UTF_8)), is(unusable));
    assertThat(isDrafted(text), is(false));
    PostgresType array = PostgresType.of("_bool", true, JsonAs.NESTED);
    if (!text.isEmpty()) {
      assertThat(array.value(("{" + text + "}").getBytes(UTF_8)), is(List.of(unusable)));
    }
  }
}
