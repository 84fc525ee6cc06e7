/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.night.file.NightTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TablePoolTest {
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final List<String> leftOut = new ArrayList<>();

  private static NightTable table(String name, String... after) {
    return new NightTable(name, List.of(after), List.of());
  }

  private Set<String> run(int parallel, TablePool.Work work, NightTable... tables) {
    return new TablePool(parallel)
        .run(
            List.of(tables),
            table -> {
              begun.add(table.name());
              return work.on(table);
            },
            (table, other) -> leftOut.add(table.name() + " after " + other));
  }

  @Test
  void oneAtATimeTheyKeepTheirOrder() {
    assertThat(run(1, table -> true, table("c"), table("a"), table("b", "c")), is(empty()));
    assertThat(begun, contains("c", "a", "b"));
  }

  @Test
  void someAreWorkedOnAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    TablePool.Work meets =
        table -> {
          both.countDown();
          both.await();
          return true;
        };
    assertThat(run(2, meets, table("a"), table("b")), is(empty()));
  }

  @Test
  void aTableBeginsWhenThoseBeforeItAreDone() {
    run(3, table -> true, table("a"), table("b", "a"), table("c", "b"));
    assertThat(begun.indexOf("a"), is(lessThan(begun.indexOf("b"))));
    assertThat(begun.indexOf("b"), is(lessThan(begun.indexOf("c"))));
  }

  @Test
  void whatNeedsATableThatFailedIsNotBegun() {
    Set<String> failed =
        run(
            2,
            table -> !table.name().equals("a"),
            table("a"),
            table("b", "a"),
            table("c", "b"),
            table("d"));
    assertThat(failed, containsInAnyOrder("a", "b", "c"));
    assertThat(begun, containsInAnyOrder("a", "d"));
    assertThat(leftOut, contains("b after a", "c after b"));
  }

  @Test
  void afterAnExceptionNothingElseBegins() {
    JobException e =
        assertThrows(
            JobException.class,
            () ->
                run(
                    1,
                    table -> {
                      throw new JobException("no ledger");
                    },
                    table("a"),
                    table("b", "a")));
    assertThat(e.getMessage(), is("no ledger"));
    assertThat(begun, contains("a"));
  }
}
