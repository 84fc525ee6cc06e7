/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import io.sluice.localaws.dynamodb.schema.TableDefinition.StreamView;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Records one change of an item. The key and the images are as {@link StoredItem#bytes} gives them,
 * and shared with the table as long as it is in memory and has them.
 *
 * @param sequence grows with each record of the stream
 * @param millis when it was made, since the epoch
 * @param cause who wanted the change
 * @param size of the key and of the images, as the service measures items
 */
public record StreamRecord(
    long sequence,
    long millis,
    Event event,
    Change.Cause cause,
    int size,
    byte[] key,
    Optional<byte[]> oldImage,
    Optional<byte[]> newImage) {

  /**
   * Estimates what a record takes of the heap besides the bytes of its key and its images, roughly.
   */
  private static final int OVERHEAD = 144;

  /** Lists what can happen to an item. */
  public enum Event {
    INSERT,
    MODIFY,
    REMOVE
  }

  /** Says what a record has besides its place in the stream, which it gets last. */
  record Draft(
      Event event,
      Change.Cause cause,
      StoredItem key,
      Optional<StoredItem> oldImage,
      Optional<StoredItem> newImage) {

    /** Gives it its place. */
    StreamRecord at(long sequence, long millis) {
      return new StreamRecord(
          sequence,
          millis,
          event,
          cause,
          size(),
          key.bytes(),
          oldImage.map(StoredItem::bytes),
          newImage.map(StoredItem::bytes));
    }

    private int size() {
      return key.size()
          + oldImage.map(StoredItem::size).orElse(0)
          + newImage.map(StoredItem::size).orElse(0);
    }
  }

  /** Drafts the record of a change; there is none for a change that leaves an item as it was. */
  static Optional<Draft> draft(StreamView view, Map<String, Value> key, Change change) {
    if (isNone(change)) {
      return Optional.empty();
    }
    boolean old = view == StreamView.OLD_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
    boolean now = view == StreamView.NEW_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
    return Optional.of(
        new Draft(
            event(change),
            change.cause(),
            StoredItem.of(key),
            change.storedBefore().filter(image -> old),
            change.storedAfter().filter(image -> now)));
  }

  private static Event event(Change change) {
    if (change.storedBefore().isEmpty()) {
      return Event.INSERT;
    }
    return change.storedAfter().isEmpty() ? Event.REMOVE : Event.MODIFY;
  }

  /** Reports whether a change changes nothing; attributes and sets have no order. */
  private static boolean isNone(Change change) {
    if (change.storedBefore().isEmpty() || change.storedAfter().isEmpty()) {
      return change.storedBefore().isEmpty() && change.storedAfter().isEmpty();
    }
    return change.sizeBefore() == change.sizeAfter()
        && (Arrays.equals(change.storedBefore().get().bytes(), change.storedAfter().get().bytes())
            || change.before().equals(change.after()));
  }

  /** Estimates what the record takes of the heap, in bytes. */
  long heapBytes() {
    return OVERHEAD
        + key.length
        + oldImage.map(image -> image.length).orElse(0)
        + newImage.map(image -> image.length).orElse(0);
  }
}
