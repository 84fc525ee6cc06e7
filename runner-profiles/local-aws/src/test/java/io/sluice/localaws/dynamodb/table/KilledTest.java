/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import io.sluice.localaws.dynamodb.storage.DiskStorage;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.store.SortedItems;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes that write, and looks for what they said they had written. */
class KilledTest {

  private static final int KILLS = 3;
  private static final long SEED = 15;

  @TempDir private Path folder;

  /** Has the last batch that each thread has said is written, -1 before the first. */
  private final long[] acknowledged = new long[KilledWriter.THREADS];

  @Test
  void keepsAllThatWasAcknowledged() throws Exception {
    Random random = new Random(SEED);
    Arrays.fill(acknowledged, -1);
    for (int kill = 0; kill < KILLS; kill++) {
      writeAndKill(20 + random.nextInt(400));
      try (Tables tables = new Tables(InstantSource.system(), DiskStorage.open(folder))) {
        check("kill " + kill, tables.get("killed"));
      }
    }
  }

  private void writeAndKill(int afterLines) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString()));
    for (long batch : acknowledged) {
      command.add(String.valueOf(batch + 1));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader()) {
      int read = 0;
      String line = lines.readLine();
      while (line != null) {
        note(line);
        if (++read == afterLines) {
          // That of the process itself would close the pipe, with lines in it.
          process.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
      assertThat("it must live until it is killed", read >= afterLines, is(true));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void note(String line) {
    String[] words = line.split(" ");
    if (words.length == 4 && words[0].equals(words[2]) && words[1].equals(words[3])) {
      acknowledged[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
    }
  }

  private void check(String reason, Table table) {
    Set<Map<String, Value>> expected = new HashSet<>();
    for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
      // The batch that was not acknowledged any more is there as a whole or not at all.
      long last = acknowledged[thread];
      List<Map<String, Value>> next = KilledWriter.keys(thread, last + 1);
      long found = next.stream().filter(key -> table.store().get(key).isPresent()).count();
      assertThat(reason, found, is(oneOf(0L, (long) KilledWriter.BATCH)));
      if (found > 0) {
        last++;
        acknowledged[thread] = last;
      }
      for (long batch = Math.max(0, last - KilledWriter.KEPT + 1); batch <= last; batch++) {
        expected.addAll(KilledWriter.items(thread, batch));
      }
    }
    List<StoredItem> items = all(table.store().items());
    Set<Map<String, Value>> missing = new HashSet<>(expected);
    items.forEach(item -> missing.remove(item.item()));
    assertThat(reason, missing, is(empty()));
    assertThat(reason, items.size(), is(expected.size()));
    checkBooks(reason, table.store().items(), items);
    SortedItems index = table.store().index("batches").get();
    List<StoredItem> entries = all(index);
    assertThat(reason, entries.size(), is(items.size()));
    checkBooks(reason, index, entries);
  }

  private static void checkBooks(String reason, SortedItems sorted, List<StoredItem> items) {
    assertThat(reason, sorted.count(), is((long) items.size()));
    assertThat(reason, sorted.bytes(), is(items.stream().mapToLong(StoredItem::size).sum()));
  }

  private static List<StoredItem> all(SortedItems items) {
    List<StoredItem> all = new ArrayList<>();
    Iterator<StoredItem> scan = items.scan(Segment.WHOLE, Optional.empty());
    scan.forEachRemaining(all::add);
    return all;
  }
}
