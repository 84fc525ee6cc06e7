/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Says what holds of each storage. */
abstract class StorageContract {

  private Storage storage;

  abstract Storage open();

  /** Closes a storage and opens it again, if that does not lose what it has. */
  Storage reopen(Storage open) {
    return open;
  }

  @BeforeEach
  void start() {
    storage = open();
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  @Test
  void putsGetsAndRemoves() {
    ByteMap map = storage.map("one");
    storage.write(new Batch().put(map, bytes("01"), bytes("aa")).put(map, bytes("02"), bytes("")));
    assertThat(get(map, "01"), is("aa"));
    assertThat(get(map, "02"), is(""));
    assertThat(get(map, "03"), is("none"));

    storage.write(new Batch().put(map, bytes("01"), bytes("bb")).remove(map, bytes("02")));
    assertThat(get(map, "01"), is("bb"));
    assertThat(get(map, "02"), is("none"));
    storage.write(new Batch().remove(map, bytes("03")));
    assertThat(keys(map.ascending(bytes(""), Optional.empty())), is(List.of("01")));
  }

  @Test
  void takesTheLastChangeOfAKey() {
    ByteMap map = storage.map("one");
    storage.write(new Batch().put(map, bytes("01"), bytes("aa")).remove(map, bytes("01")));
    storage.write(new Batch().remove(map, bytes("02")).put(map, bytes("02"), bytes("bb")));

    assertThat(get(map, "01"), is("none"));
    assertThat(get(map, "02"), is("bb"));
  }

  @Test
  void readsRangesInBothDirections() {
    ByteMap map = storage.map("one");
    List<String> keys = List.of("", "00", "0000", "01", "7f", "7fff", "80", "8000", "ff", "ffff");
    keys.forEach(key -> storage.write(new Batch().put(map, bytes(key), bytes(key))));
    storage.write(new Batch().put(storage.map("two"), bytes("7f01"), bytes("")));

    assertThat(keys(map.ascending(bytes(""), Optional.empty())), is(keys));
    assertThat(keys(map.descending(bytes(""), Optional.empty())), is(reversed(keys)));
    assertThat(
        keys(map.ascending(bytes("01"), Optional.of(bytes("80")))),
        is(List.of("01", "7f", "7fff")));
    assertThat(
        keys(map.descending(bytes("01"), Optional.of(bytes("80")))),
        is(List.of("7fff", "7f", "01")));
    assertThat(keys(map.ascending(bytes("ff01"), Optional.empty())), is(List.of("ffff")));
    assertThat(keys(map.ascending(bytes("80"), Optional.of(bytes("80")))), is(List.of()));
    assertThat(keys(map.descending(bytes("81"), Optional.of(bytes("80")))), is(List.of()));
  }

  @Test
  void readsOnWhileOthersWrite() {
    ByteMap map = storage.map("one");
    for (int i = 0; i < 200; i++) {
      storage.write(new Batch().put(map, new byte[] {(byte) i}, new byte[0]));
    }
    Iterator<ByteMap.Entry> entries = map.ascending(bytes(""), Optional.empty());
    List<Integer> met = new ArrayList<>();
    while (entries.hasNext()) {
      byte[] key = entries.next().key();
      met.add(key[0] & 0xFF);
      storage.write(new Batch().remove(map, key).put(map, new byte[] {0, key[0]}, new byte[0]));
    }

    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(i);
    }
    // The new keys, which may be met too, begin with a zero.
    met.removeAll(List.of(0));
    all.remove(0);
    assertThat(met, is(all));
  }

  @Test
  void keepsBooks() {
    ByteMap map = storage.map("one");
    storage.write(
        new Batch().put(map, bytes("01"), bytes(""), 1, 10).put(map, bytes("02"), bytes(""), 1, 5));
    storage.write(
        new Batch().put(map, bytes("01"), bytes(""), 0, -4).remove(map, bytes("02"), -1, -5));
    storage.write(new Batch().put(storage.map("two"), bytes("01"), bytes(""), 1, 1L << 40));
    storage = reopen(storage);

    assertThat(storage.map("one").entries(), is(1L));
    assertThat(storage.map("one").weight(), is(6L));
    assertThat(storage.map("two").weight(), is(1L << 40));
  }

  @Test
  void dropsAMapWithAllItHas() {
    ByteMap map = storage.map("one");
    storage.write(new Batch().put(map, bytes("01"), bytes("aa"), 1, 2));
    storage.write(new Batch().put(storage.map("two"), bytes("02"), bytes("bb"), 1, 3));
    storage.drop("one");
    storage.drop("none");

    assertThat(storage.names(), is(Set.of("two")));
    storage = reopen(storage);
    assertThat(storage.names(), is(Set.of("two")));
    ByteMap again = storage.map("one");
    assertThat(keys(again.ascending(bytes(""), Optional.empty())), is(List.of()));
    assertThat(again.entries(), is(0L));
    assertThat(get(storage.map("two"), "02"), is("bb"));
  }

  @Test
  void failsReadsOfADroppedMap() {
    ByteMap map = storage.map("one");
    for (int i = 0; i < 200; i++) {
      storage.write(new Batch().put(map, new byte[] {(byte) i}, new byte[1]));
    }
    Iterator<ByteMap.Entry> begun = map.ascending(bytes(""), Optional.empty());
    Iterator<ByteMap.Entry> backwards = map.descending(bytes(""), Optional.empty());
    begun.next();
    backwards.next();
    storage.drop("one");

    assertThrows(DroppedMapException.class, () -> begun.forEachRemaining(entry -> {}));
    assertThrows(DroppedMapException.class, () -> backwards.forEachRemaining(entry -> {}));
    assertThrows(DroppedMapException.class, () -> map.get(bytes("01")));
    assertThrows(
        DroppedMapException.class, () -> map.ascending(bytes(""), Optional.empty()).hasNext());
    assertThat(get(storage.map("one"), "01"), is("none"));
  }

  @Test
  void writesAllThatAnActionWritesOrNothing() {
    ByteMap map = storage.map("one");
    List<String> told = new ArrayList<>();
    String result =
        storage.atomically(
            () -> {
              storage.write(
                  new Batch().put(map, bytes("01"), bytes("aa")).then(() -> told.add("1")));
              storage.atomically(
                  () -> {
                    storage.write(new Batch().put(map, bytes("02"), bytes("bb")));
                    return null;
                  });
              assertThat(get(map, "01"), is("none"));
              assertThat(told, is(List.of()));
              return "done";
            });
    assertThat(result, is("done"));
    assertThat(told, is(List.of("1")));
    assertThat(keys(map.ascending(bytes(""), Optional.empty())), is(List.of("01", "02")));

    assertThrows(
        IllegalStateException.class,
        () ->
            storage.atomically(
                () -> {
                  storage.write(new Batch().put(map, bytes("03"), bytes("cc")));
                  throw new IllegalStateException("for the test");
                }));
    assertThat(get(map, "03"), is("none"));
    storage.write(new Batch().put(map, bytes("04"), bytes("dd")));
    assertThat(get(map, "04"), is("dd"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithASortedMap(long seed) {
    Random random = new Random(seed);
    List<TreeMap<byte[], byte[]>> models = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      models.add(new TreeMap<>(Arrays::compareUnsigned));
    }
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        change(models, random);
      }
      if (random.nextInt(4) == 0) {
        storage = reopen(storage);
      }
      if (random.nextInt(5) == 0) {
        int dropped = random.nextInt(3);
        storage.drop("map" + dropped);
        models.get(dropped).clear();
      }
      for (int i = 0; i < 3; i++) {
        check("seed " + seed + ", map " + i, storage.map("map" + i), models.get(i), random);
      }
    }
  }

  private void change(List<TreeMap<byte[], byte[]>> models, Random random) {
    Batch batch = new Batch();
    for (int j = random.nextInt(5); j >= 0; j--) {
      int chosen = random.nextInt(3);
      ByteMap map = storage.map("map" + chosen);
      byte[] key = key(random);
      if (random.nextInt(3) == 0) {
        byte[] old = models.get(chosen).remove(key);
        batch.remove(map, key, old == null ? 0 : -1, old == null ? 0 : -old.length);
      } else {
        byte[] value = new byte[random.nextInt(300)];
        random.nextBytes(value);
        byte[] old = models.get(chosen).put(key, value);
        batch.put(
            map, key, value, old == null ? 1 : 0, value.length - (old == null ? 0 : old.length));
      }
    }
    storage.write(batch);
  }

  private static void check(
      String reason, ByteMap map, TreeMap<byte[], byte[]> model, Random random) {
    assertThat(reason, map.entries(), is((long) model.size()));
    assertThat(
        reason, map.weight(), is(model.values().stream().mapToLong(value -> value.length).sum()));
    byte[] one = key(random);
    byte[] other = key(random);
    byte[] from = Arrays.compareUnsigned(one, other) < 0 ? one : other;
    byte[] to = from == one ? other : one;
    assertThat(
        reason,
        entries(map.ascending(from, Optional.of(to))),
        is(entries(model.subMap(from, true, to, false))));
    assertThat(
        reason,
        entries(map.descending(from, Optional.of(to))),
        is(entries(model.subMap(from, true, to, false).descendingMap())));
    assertThat(
        reason,
        entries(map.ascending(from, Optional.empty())),
        is(entries(model.tailMap(from, true))));
    assertThat(
        reason,
        entries(map.descending(new byte[0], Optional.empty())),
        is(entries(model.descendingMap())));
    assertThat(
        reason,
        map.get(one).map(HexFormat.of()::formatHex),
        is(Optional.ofNullable(model.get(one)).map(HexFormat.of()::formatHex)));
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[random.nextInt(4)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(5) * 63);
    }
    return key;
  }

  private static List<String> entries(Iterator<ByteMap.Entry> entries) {
    List<String> found = new ArrayList<>();
    entries.forEachRemaining(
        entry ->
            found.add(
                HexFormat.of().formatHex(entry.key())
                    + "="
                    + HexFormat.of().formatHex(entry.value())));
    return found;
  }

  private static List<String> entries(Map<byte[], byte[]> model) {
    return entries(
        model.entrySet().stream()
            .map(entry -> new ByteMap.Entry(entry.getKey(), entry.getValue()))
            .iterator());
  }

  private static String get(ByteMap map, String key) {
    return map.get(bytes(key)).map(HexFormat.of()::formatHex).orElse("none");
  }

  private static List<String> keys(Iterator<ByteMap.Entry> entries) {
    List<String> keys = new ArrayList<>();
    entries.forEachRemaining(entry -> keys.add(HexFormat.of().formatHex(entry.key())));
    return keys;
  }

  private static List<String> reversed(List<String> keys) {
    List<String> reversed = new ArrayList<>(keys);
    Collections.reverse(reversed);
    return reversed;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
