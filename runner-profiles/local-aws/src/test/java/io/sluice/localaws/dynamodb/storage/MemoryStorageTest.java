/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryStorageTest extends StorageContract {

  @Override
  Storage open() {
    return new MemoryStorage();
  }

  private static byte[] alike(int number) {
    return new byte[] {7, 7, (byte) (number >> 8), (byte) number};
  }

  private static List<String> keys(Iterator<ByteMap.Entry> entries) {
    List<String> keys = new ArrayList<>();
    entries.forEachRemaining(entry -> keys.add(HexFormat.of().formatHex(entry.key())));
    return keys;
  }

  private static List<String> keys(Map<byte[], byte[]> model) {
    return model.keySet().stream().map(HexFormat.of()::formatHex).toList();
  }

  @Test
  void sortsFewAndManyKeysThatBeginAlike() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      MemoryStorage storage = new MemoryStorage();
      ByteMap map = storage.map("map");
      for (int i = 0; i < 300; i++) {
        byte[] key = alike(random.nextInt(2 + i));
        if (random.nextInt(4) == 0) {
          storage.write(new Batch().remove(map, key));
          model.remove(key);
        } else {
          byte[] value = {(byte) i};
          storage.write(new Batch().put(map, key, value));
          model.put(key, value);
        }
        byte[] from = alike(random.nextInt(2 + i));
        byte[] to = alike(random.nextInt(400));
        assertThat("seed " + seed, map.get(from).map(Arrays::toString), is(text(model.get(from))));
        assertThat(
            "seed " + seed,
            keys(map.ascending(from, Optional.empty())),
            is(keys(model.tailMap(from, true))));
        if (Arrays.compareUnsigned(from, to) < 0) {
          assertThat(
              "seed " + seed,
              keys(map.descending(from, Optional.of(to))),
              is(keys(model.subMap(from, true, to, false).descendingMap())));
        }
      }
    }
  }

  private static Optional<String> text(byte[] bytes) {
    return Optional.ofNullable(bytes).map(Arrays::toString);
  }

  @Test
  void losesNoKeyWhenManyWriteWhatBeginsAlike() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    ByteMap map = storage.map("map");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> writers = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int first = thread;
      writers.add(
          threads.submit(
              () -> {
                for (int i = first; i < 4000; i += 4) {
                  byte[] key = {1, (byte) (i % 50), (byte) (i >> 8), (byte) i};
                  storage.write(new Batch().put(map, key, key, 1, 1));
                }
              }));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();
    assertThat(keys(map.ascending(new byte[0], Optional.empty())).size(), is(4000));
    assertThat(map.entries(), is(4000L));
  }
}
