/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.dynamodb.session.CapacityWatch;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.verify.GetSession;
import io.sluice.dynamodb.verify.KeyReader;
import io.sluice.dynamodb.verify.WantedItem;
import io.sluice.item.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Answers, for the workers of one JVM, whether the table has items, and what they have. A key that
 * somebody has asked for is not read again while its answer is on its way or in the cache. Keys of
 * all workers share batches, of which many are in flight at a time.
 */
final class LookupSession extends GetSession implements Answers {
  private static final int PART_OF_HEAP = 8;
  private static final double MILLI = 1000;

  private final LookupSpec spec;
  private final AnswerCache cache;

  /** As many as there are requests in flight: batches beyond that wait here, in their order. */
  private final ExecutorService readers;

  private final AtomicLong keysRead = new AtomicLong();
  private final AtomicLong keysFound = new AtomicLong();
  private final AtomicLong milliUnits = new AtomicLong();

  /** The keys that are in no request yet. */
  private List<Asked> open = new ArrayList<>();

  /** What an item is expected to take, in units of consistent reads. */
  private volatile double unitsOfItem = 1;

  private LookupSession(LookupSpec spec, AwsOptions options) {
    super(spec, options);
    this.spec = spec;
    long bytes =
        spec.cacheBytes() > 0 ? spec.cacheBytes() : Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    this.readers =
        Executors.newFixedThreadPool(
            MOST_IN_FLIGHT, CapacityWatch.daemons("sluice-lookup-" + spec.table()));
    this.cache = new AnswerCache(bytes, spec.cachedFor(), time());
  }

  /** Opens the session of a step for a worker: see {@link TableSession#enter}. */
  static LookupSession enter(LookupSpec spec, AwsOptions options) {
    return enter(spec, LookupSession.class, () -> new LookupSession(spec, options));
  }

  @Override
  protected void ended() {
    readers.shutdownNow();
  }

  @Override
  public Progress.Moment moment() {
    return moment(Progress.Kind.LOOK_UP, new Progress.Expected(-1, 0));
  }

  @Override
  public Asked ask(ItemKey key, Map<String, AttributeValue> attributes) {
    Asked asked =
        cache.get(
            key,
            asks -> {
              Asked first = new Asked(asks, attributes);
              synchronized (this) {
                open.add(first);
              }
              return first;
            });
    sendFull();
    return asked;
  }

  private void sendFull() {
    List<Asked> full;
    synchronized (this) {
      if (open.size() < KeyReader.MOST_KEYS) {
        return;
      }
      full = open;
      open = new ArrayList<>(KeyReader.MOST_KEYS);
    }
    send(full);
  }

  @Override
  public void sendOpen() {
    List<Asked> some;
    synchronized (this) {
      some = open;
      open = new ArrayList<>(KeyReader.MOST_KEYS);
    }
    if (!some.isEmpty()) {
      send(some);
    }
  }

  private void send(List<Asked> batch) {
    batch.forEach(Asked::send);
    try {
      readers.execute(() -> read(batch));
    } catch (RuntimeException | Error e) {
      // The session has ended, or there is no thread: somebody may wait for these.
      fail(batch, new IllegalStateException("a request was lost", e));
      throw e;
    }
  }

  private void read(List<Asked> batch) {
    try {
      List<WantedItem> wanted = new ArrayList<>(batch.size());
      for (Asked asked : batch) {
        wanted.add(new WantedItem(asked.key(), asked.takeAttributes(), unitsOfItem));
      }
      KeyReader reader = new KeyReader(this, spec.schema());
      Map<ItemKey, Map<String, AttributeValue>> found = reader.read(wanted);
      count(batch.size(), found.size(), reader.takeConsumed().total());
      for (Asked asked : batch) {
        Map<String, AttributeValue> item = found.get(asked.key());
        cache.answer(asked, item == null ? Answer.ABSENT : Answer.of(item, spec));
      }
    } catch (Exception e) {
      fail(batch, e);
    } catch (Error e) {
      fail(batch, new IllegalStateException(e.toString(), e));
      throw e;
    }
  }

  private void count(int keys, int found, double units) {
    keysRead.addAndGet(keys);
    keysFound.addAndGet(found);
    milliUnits.addAndGet(Math.round(units * MILLI));
    double each = units * (spec.isConsistent() ? 1 : 2) / keys;
    unitsOfItem = Math.max(1, (unitsOfItem + each) / 2);
  }

  /** Tells all who wait, and forgets the keys: who asks again has them read again. */
  private void fail(List<Asked> batch, Exception why) {
    batch.forEach(asked -> cache.fail(asked, why));
  }

  @Override
  public LookupCounts takeCounts() {
    return new LookupCounts(
        0, 0, keysRead.getAndSet(0), keysFound.getAndSet(0), milliUnits.getAndSet(0) / MILLI);
  }
}
