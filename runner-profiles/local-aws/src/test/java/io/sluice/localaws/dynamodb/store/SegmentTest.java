/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 999_999, 1_000_000})
  void coverAllHashesOnce(int total) {
    assertThat(new Segment(0, total).from(), is(new byte[4]));
    for (int index = 0; index < Math.min(total - 1, 5000); index++) {
      assertThat(new Segment(index, total).to().get(), is(new Segment(index + 1, total).from()));
    }
    assertThat(new Segment(total - 1, total).to(), is(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 999_999, 1_000_000})
  void haveTheKeysThatTheyAreFoundFor(int total) {
    KeySchema schema =
        new KeySchema(List.of(new KeyAttribute("h", KeyAttribute.Type.S)), List.of());
    for (int i = 0; i < 1000; i++) {
      Map<String, Value> key = Map.of("h", new Value.S("key" + i));
      byte[] bytes = KeyBytes.of(schema, key);
      Segment segment = Segment.of(schema, key, total);
      assertThat(Arrays.compareUnsigned(segment.from(), bytes) <= 0, is(true));
      assertThat(
          segment.to().map(end -> Arrays.compareUnsigned(bytes, end) < 0).orElse(true), is(true));
    }
  }

  @Test
  void divideAtTheMiddle() {
    assertThat(new Segment(0, 2).to().get(), is(new byte[] {-128, 0, 0, 0}));
  }

  @Test
  void rejectsWhatIsNoSegment() {
    assertThat(message(0, 0), is("total is 0, must be 1 to 1000000"));
    assertThat(message(0, 1_000_001), is("total is 1000001, must be 1 to 1000000"));
    assertThat(message(2, 2), is("index is 2, must be 0 to 1"));
    assertThat(message(-1, 2), is("index is -1, must be 0 to 1"));
  }

  private static String message(int index, int total) {
    return assertThrows(IllegalArgumentException.class, () -> new Segment(index, total))
        .getMessage();
  }
}
