/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.ItemCodec;
import io.sluice.localaws.dynamodb.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports what a table was like at any time since point-in-time recovery was enabled for it. */
public final class TableRecovery {

  private final ItemStore store;
  private final ChangeLog log;
  private final Instant since;
  private volatile int days;

  /**
   * Begins to remember the writes to {@code store}, each for {@code days}.
   *
   * @param maxBytes how much is remembered; the oldest is forgotten for it
   */
  TableRecovery(ItemStore store, InstantSource clock, int days, long maxBytes) {
    this.store = store;
    this.log = new ChangeLog(clock, Duration.ofDays(days), maxBytes);
    this.days = days;
    this.since =
        store.exclusively(
            () -> {
              store.listen(log);
              return clock.instant();
            });
  }

  void keep(int newDays) {
    days = newDays;
    log.keep(Duration.ofDays(newDays));
  }

  /** Forgets all; who reads the table as it was fails from now on. */
  void stop() {
    store.exclusively(
        () -> {
          store.unlisten(log);
          log.stop();
          return log;
        });
  }

  /** Says for how many days writes are remembered. */
  public int days() {
    return days;
  }

  /** Gives the earliest time that the table can be read at. */
  public Instant earliest(Instant now) {
    Instant oldest = now.minus(Duration.ofDays(days));
    Instant known =
        log.forgotten()
            .map(time -> time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))
            .orElse(since);
    return oldest.isAfter(known) ? oldest : known;
  }

  /**
   * Reads the table as it was.
   *
   * @param time which all writes are left out from; all writes up to now count if there is none
   * @param parts into how many the table is divided
   * @throws DynamoDbException if that is not known, as reading the snapshot does when it no longer
   *     is
   */
  public Snapshot at(Table table, Optional<Instant> time, int parts) {
    return new Snapshot(table, log, time.map(log::at).orElseGet(this::now), parts);
  }

  private long now() {
    return store.exclusively(log::end);
  }

  /**
   * Lists the items that were written in a span of time, unless they were there neither at its
   * beginning nor at its end.
   *
   * @param from the beginning, which is in the span
   * @param to the end, which is not
   * @throws DynamoDbException if that is not known
   */
  public List<NetChange> between(Instant from, Instant to) {
    Map<Bytes, Optional<Bytes>> before = new LinkedHashMap<>();
    Map<Bytes, Long> micros = new LinkedHashMap<>();
    Map<Bytes, Optional<Bytes>> later = new LinkedHashMap<>();
    Map<Bytes, Optional<Map<String, Value>>> current = new LinkedHashMap<>();
    store.exclusively(
        () -> {
          long end = log.at(to);
          for (ChangeLog.Entry entry : log.between(log.at(from), end)) {
            before.putIfAbsent(entry.key(), entry.before());
            micros.put(entry.key(), entry.micros());
          }
          for (ChangeLog.Entry entry : log.between(end, log.end())) {
            later.putIfAbsent(entry.key(), entry.before());
          }
          for (Bytes key : before.keySet()) {
            if (!later.containsKey(key)) {
              current.put(key, store.get(decode(key)));
            }
          }
          return end;
        });
    List<NetChange> changes = new ArrayList<>();
    for (Map.Entry<Bytes, Optional<Bytes>> entry : before.entrySet()) {
      Bytes key = entry.getKey();
      Optional<Map<String, Value>> after =
          later.containsKey(key) ? later.get(key).map(TableRecovery::decode) : current.get(key);
      if (after.isPresent() || entry.getValue().isPresent()) {
        changes.add(
            new NetChange(
                micros.get(key), decode(key), entry.getValue().map(TableRecovery::decode), after));
      }
    }
    return changes;
  }

  private static Map<String, Value> decode(Bytes bytes) {
    return ItemCodec.decode(bytes.toArray());
  }
}
