/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import io.sluice.item.ItemKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long answers are known, and how many. */
class AnswerCacheTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private int asked;

  private AnswerCache cache(long bytes) {
    return new AnswerCache(bytes, Duration.ofNanos(10), nanos::get);
  }

  private Asked get(AnswerCache cache, int key) {
    return cache.get(
        ItemKey.ofBytes(("key" + key).getBytes(UTF_8)),
        first -> {
          asked++;
          return new Asked(first, Map.of());
        });
  }

  @Test
  void anAnswerIsKnownForItsLifeFromWhenItCame() {
    AnswerCache cache = cache(1 << 20);
    Asked first = get(cache, 1);
    nanos.addAndGet(100);
    assertThat("it is on its way", get(cache, 1), is(sameInstance(first)));
    cache.answer(first, Answer.PRESENT);
    assertThat(first.join(), is(Answer.PRESENT));
    nanos.addAndGet(10);
    assertThat(get(cache, 1), is(sameInstance(first)));
    nanos.addAndGet(1);
    Asked second = get(cache, 1);
    assertThat(second, is(not(sameInstance(first))));
    assertThat(asked, is(2));
    assertThat(second.isDone(), is(false));
  }

  @Test
  void whatWasNotUsedForLongestIsForgotten() {
    int keys = 10_000;
    AnswerCache cache = cache(keys / 2 * 258L);
    Asked used = get(cache, 0);
    cache.answer(used, Answer.ABSENT);
    Asked unanswered = get(cache, 1);
    for (int key = 2; key < keys; key++) {
      cache.answer(get(cache, key), Answer.ABSENT);
      assertThat(get(cache, 0), is(sameInstance(used)));
    }
    assertThat(asked, is(keys));
    assertThat("it is not there twice", get(cache, 1), is(sameInstance(unanswered)));
    for (int key = keys - 1000; key < keys; key++) {
      get(cache, key);
    }
    assertThat("the latest are known", asked, is(keys));
    for (int key = 2; key < keys; key++) {
      cache.answer(get(cache, key), Answer.ABSENT);
    }
    assertThat(asked - keys, is(greaterThan(keys / 4)));
    assertThat(asked, is(lessThan(2 * keys)));
  }

  @Test
  void whatIsNotKnownIsAskedAgain() {
    AnswerCache cache = cache(1 << 20);
    Asked first = get(cache, 1);
    IllegalStateException why = new IllegalStateException("why");
    cache.fail(first, why);
    assertThat(first.join().failure(), is(sameInstance(why)));
    assertThat(get(cache, 1), is(not(sameInstance(first))));
  }
}
