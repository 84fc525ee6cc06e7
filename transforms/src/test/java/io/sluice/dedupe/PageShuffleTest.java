/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Pager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PageShuffleTest {

  /** Passes pages, which have their numbers as their buckets, through a shuffle. */
  private static List<Integer> shuffled(int pages) {
    List<Integer> passed = new ArrayList<>();
    PageShuffle shuffle = new PageShuffle(page -> passed.add(page.bucket()));
    for (int i = 0; i < pages; i++) {
      Pager pager = new Pager(shuffle::add);
      Map<String, AttributeValue> item = Map.of("n", AttributeValue.fromN("" + i));
      pager.add(i, new byte[0], SourcedItem.of(new Origin("f", i), item));
      pager.flush();
    }
    shuffle.finish();
    return passed;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 128, 129, 1_000})
  void eachPageIsPassedOnOnce(int pages) {
    assertThat(
        shuffled(pages).stream().sorted().toList(),
        equalTo(IntStream.range(0, pages).boxed().toList()));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000})
  void neighboursAreFarFromEachOther(int pages) {
    List<Integer> passed = shuffled(pages);
    double distance = 0;
    for (int i = 1; i < pages; i++) {
      distance += Math.abs(passed.get(i) - passed.get(i - 1));
    }
    assertThat(distance / pages, greaterThan(20.0));
  }
}
