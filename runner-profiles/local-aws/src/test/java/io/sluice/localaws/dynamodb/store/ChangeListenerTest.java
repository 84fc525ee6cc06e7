/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static io.sluice.localaws.dynamodb.store.NumberedItems.item;
import static io.sluice.localaws.dynamodb.store.NumberedItems.key;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ChangeListenerTest {

  private static final KeySchema KEY =
      new KeySchema(
          List.of(new KeyAttribute("id", KeyAttribute.Type.S)),
          List.of(new KeyAttribute("nr", KeyAttribute.Type.N)));

  private final ItemStore store = new ItemStore(KEY, List.of());

  @Test
  void learnsOfEachWriteUntilItIsTakenAway() {
    List<Map<String, Value>> first = new ArrayList<>();
    List<Map<String, Value>> second = new ArrayList<>();
    ChangeListener one = (key, change) -> first.add(key);
    ChangeListener other = (key, change) -> second.add(key);
    store.listen(one);
    store.put(item(1));
    store.listen(other);
    store.put(item(2));
    store.unlisten(one);
    store.delete(key(1));
    store.delete(key(3));
    assertThat(first, is(List.of(key(1), key(2))));
    assertThat(second, is(List.of(key(2), key(1))));
  }

  @Test
  void keepsWritersOutOfAnExclusiveAction() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean written = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              started.countDown();
              store.put(item(1));
              written.set(true);
            });
    boolean meanwhile =
        store.exclusively(
            () -> {
              writer.start();
              try {
                return started.await(10, TimeUnit.SECONDS) && written.get();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.join();
    assertThat(meanwhile, is(false));
    assertThat(store.items().count(), is(1L));
  }
}
