/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.session.RequestMeter;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.failure.Lasting;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.report.ConsumedUnits;
import io.sluice.report.UnitMeter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads items by their keys, and repeats each key until it is read: those that DynamoDB left
 * unprocessed or did not answer well are requested again. No request takes more units than the
 * budget has for a second, or than an answer has room for.
 */
public final class KeyReader {
  private static final Logger LOG = LoggerFactory.getLogger(KeyReader.class);

  /** The most keys that BatchGetItem takes. */
  public static final int MOST_KEYS = 100;

  /**
   * Units of 4 KB each: a BatchGetItem returns at most 16 MB, and leaves keys beyond that
   * unprocessed.
   */
  private static final double MOST_UNITS = 3000;

  private final GetSession session;
  private final KeySchema schema;
  private final UnitMeter meter = new UnitMeter();

  public KeyReader(GetSession session, KeySchema schema) {
    this.session = session;
    this.schema = schema;
  }

  /**
   * Returns the items that the table has for these keys, which are all different.
   *
   * @throws IOException when the table cannot be read; no message of it or its causes has contents
   *     of items
   */
  public Map<ItemKey, Map<String, AttributeValue>> read(Collection<WantedItem> wanted)
      throws IOException, InvalidItemException, InterruptedException {
    Map<ItemKey, Map<String, AttributeValue>> found = new HashMap<>();
    Deque<WantedItem> open = new ArrayDeque<>(wanted);
    RetryWindow patience = new RetryWindow(session.step().retryFor());
    while (!open.isEmpty()) {
      List<WantedItem> batch = next(open);
      Throttle.Grant grant = session.grants().acquire(session.units(batch));
      // Waiting for the budget does not count as failing.
      long began = session.time().nanos();
      try {
        BatchGetItemResponse response = session.read(batch, grant);
        List<WantedItem> left = keep(response, batch, found);
        RequestMeter.answered(
            session, Map.of(Throttle.TABLE, GetSession.consumed(response)), !left.isEmpty(), meter);
        left.forEach(open::addFirst);
        if (left.size() < batch.size()) {
          patience = new RetryWindow(session.step().retryFor());
        }
        if (!left.isEmpty()) {
          pause(patience, RequestFailure.THROTTLED, "keys are left unprocessed", began);
        }
      } catch (AbortedException e) {
        throw new InterruptedException("reading keys was given up");
      } catch (SdkException e) {
        RequestMeter.failed(e, meter);
        // None of the keys was read: all of them stay open.
        RequestFailure kind = RequestFailure.of(e);
        String why = RequestFailure.nameOf(e);
        if (!kind.isPassing()) {
          throw new IOException(
              readFailed(why), Lasting.because(RequestFailure.withoutContents(e)));
        }
        batch.forEach(open::addFirst);
        pause(patience, kind, why, began);
      }
    }
    return found;
  }

  /** Returns what the requests since the last call consumed. */
  public ConsumedUnits takeConsumed() {
    return meter.take();
  }

  private List<WantedItem> next(Deque<WantedItem> open) {
    double most = Math.min(MOST_UNITS, session.throttle().usage().allowed());
    List<WantedItem> batch = new ArrayList<>();
    double units = 0;
    while (!open.isEmpty()
        && batch.size() < MOST_KEYS
        && (batch.isEmpty() || units + open.peek().units() <= most)) {
      units += open.peek().units();
      batch.add(open.poll());
    }
    return batch;
  }

  /** Keeps the items that were read; returns those that were not. */
  private List<WantedItem> keep(
      BatchGetItemResponse response,
      List<WantedItem> batch,
      Map<ItemKey, Map<String, AttributeValue>> found)
      throws InvalidItemException, IOException {
    for (List<Map<String, AttributeValue>> items : response.responses().values()) {
      for (Map<String, AttributeValue> item : items) {
        found.put(ItemKey.of(item, schema), item);
      }
    }
    Set<ItemKey> left = new HashSet<>();
    for (KeysAndAttributes keys : response.unprocessedKeys().values()) {
      for (Map<String, AttributeValue> key : keys.keys()) {
        left.add(ItemKey.of(key, schema));
      }
    }
    List<WantedItem> open = batch.stream().filter(wanted -> left.contains(wanted.key())).toList();
    if (open.size() < left.size()) {
      throw new IOException(readFailed("keys are left unprocessed that were not in the batch"));
    }
    return open;
  }

  private void pause(RetryWindow patience, RequestFailure kind, String why, long began)
      throws IOException, InterruptedException {
    OptionalLong pause = patience.failed(kind, session.time().nanos() - began);
    if (pause.isEmpty()) {
      throw new IOException(readFailed(why));
    }
    LOG.debug("The table {} is read again: {}", session.table(), why);
    TimeUnit.NANOSECONDS.sleep(pause.getAsLong());
  }

  private String readFailed(String why) {
    return "The table " + session.table() + " cannot be read: " + why;
  }
}
