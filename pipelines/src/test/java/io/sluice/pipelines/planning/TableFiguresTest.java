/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.table.TableSample;
import io.sluice.dynamodb.table.TableSample.Moments;
import io.sluice.plan.Estimate;
import org.junit.jupiter.api.Test;

class TableFiguresTest {
  /** Two of ten segments, with 90 and 110 items of 100 bytes. */
  private static final TableSample PART =
      new TableSample(10, 2, false, new Moments(200, 20_200), new Moments(20_000, 202e6), 3);

  private static final TableSample WHOLE =
      new TableSample(1, 1, false, new Moments(60, 3_600), new Moments(6_000, 36e6), 2);

  private static TableFigures figures(TableSample sample, long items, long bytes) {
    return TableFigures.of("trips", sample, items, bytes);
  }

  @Test
  void freshFiguresAreConfirmed() {
    TableFigures figures = figures(PART, 1_010, 101_000);
    assertThat(figures.items(), is(Estimate.exactly(1_010)));
    assertThat(figures.bytes(), is(Estimate.exactly(101_000)));
    assertThat(figures.notes().get(0), containsString("confirms the 1,010 items"));
  }

  @Test
  void staleFiguresAreReplacedByBounds() {
    TableFigures figures = figures(PART, 100, 10_000);
    assertThat(figures.items().holds(1_000, 0), is(true));
    assertThat(figures.items().holds(100, 0), is(false));
    assertThat(figures.items().isExact(), is(false));
    assertThat(figures.notes().get(0), containsString("is not what there is now"));
  }

  @Test
  void aTableThatWasNotCountedHasBounds() {
    assertThat(figures(PART, 0, 0).items().holds(1_000, 0), is(true));
    assertThat(figures(WHOLE, 0, 0).items(), is(Estimate.exactly(60)));
  }

  @Test
  void aSampleThatWasCutHasNoUpperBound() {
    TableSample cut = new TableSample(8, 2, true, new Moments(200, 0), new Moments(20_000, 0), 3);
    assertThat(figures(cut, 0, 0).items(), is(Estimate.atLeast(200)));
  }
}
