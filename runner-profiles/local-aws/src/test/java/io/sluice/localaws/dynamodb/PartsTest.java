/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final List<String> closed = new ArrayList<>();
  private final Parts parts = new Parts();

  private void add(String name) {
    parts.add(() -> closed.add(name));
  }

  private RuntimeException addOneThatFails(String name) {
    RuntimeException failure = new IllegalStateException(name);
    parts.add(
        () -> {
          throw failure;
        });
    return failure;
  }

  @Test
  void closesTheLatestFirst() {
    add("first");
    add("second");
    parts.close();
    assertThat(closed, is(List.of("second", "first")));
  }

  @Test
  void closesTheOthersWhateverOneThrows() {
    add("first");
    RuntimeException last = addOneThatFails("last");
    add("second");
    RuntimeException first = addOneThatFails("first");
    RuntimeException thrown = assertThrows(IllegalStateException.class, parts::close);
    assertThat(closed, is(List.of("second", "first")));
    assertThat(thrown, sameInstance(first));
    assertThat(List.of(thrown.getSuppressed()), is(List.of(last)));
  }

  @Test
  void abandonsForTheReasonThatIsGiven() {
    RuntimeException failure = addOneThatFails("part");
    Exception cause = new Exception("cause");
    parts.abandon(cause);
    assertThat(List.of(cause.getSuppressed()), is(List.of(failure)));
  }
}
