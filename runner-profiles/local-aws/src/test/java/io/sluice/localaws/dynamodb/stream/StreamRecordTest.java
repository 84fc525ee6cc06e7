/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.schema.TableDefinition.StreamView;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records the example of "DynamoDB Streams and Lambda triggers" in the developer guide. */
class StreamRecordTest {

  private static final Map<String, Value> KEY = Map.of("Id", new Value.N(new BigDecimal(101)));
  private static final Map<String, Value> FIRST = item("New item!");
  private static final Map<String, Value> SECOND = item("This item has changed");

  private static Map<String, Value> item(String message) {
    return Map.of("Id", KEY.get("Id"), "Message", new Value.S(message));
  }

  private static Optional<StoredItem> stored(Map<String, Value> item) {
    return Optional.ofNullable(item).map(StoredItem::of);
  }

  private static StreamRecord record(
      StreamView view, Map<String, Value> before, Map<String, Value> after) {
    return StreamRecord.draft(view, KEY, new Change(stored(before), stored(after)))
        .orElseThrow()
        .at(1, 1);
  }

  @Test
  void measuresRecordsAsTheGuideDoes() {
    assertThat(record(StreamView.NEW_AND_OLD_IMAGES, null, FIRST).size(), is(26));
    assertThat(record(StreamView.NEW_AND_OLD_IMAGES, FIRST, SECOND).size(), is(59));
    assertThat(record(StreamView.NEW_AND_OLD_IMAGES, SECOND, null).size(), is(38));
  }

  @Test
  void namesWhatHappened() {
    assertThat(record(StreamView.KEYS_ONLY, null, FIRST).event(), is(StreamRecord.Event.INSERT));
    assertThat(record(StreamView.KEYS_ONLY, FIRST, SECOND).event(), is(StreamRecord.Event.MODIFY));
    assertThat(record(StreamView.KEYS_ONLY, SECOND, null).event(), is(StreamRecord.Event.REMOVE));
  }

  @Test
  void hasTheImagesOfTheView() {
    for (StreamView view : StreamView.values()) {
      boolean old = view == StreamView.OLD_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
      boolean now = view == StreamView.NEW_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
      StreamRecord record = record(view, FIRST, SECOND);
      assertThat(StoredItem.wrap(record.key()).item(), is(KEY));
      assertThat(
          record.oldImage().map(image -> StoredItem.wrap(image).item()),
          is(old ? Optional.of(FIRST) : Optional.empty()));
      assertThat(
          record.newImage().map(image -> StoredItem.wrap(image).item()),
          is(now ? Optional.of(SECOND) : Optional.empty()));
    }
  }

  @Test
  void recordsNothingIfNothingChanges() {
    Map<String, Value> turned = new LinkedHashMap<>();
    turned.put("Message", FIRST.get("Message"));
    turned.put("Id", FIRST.get("Id"));
    Map<String, Value> other = new LinkedHashMap<>();
    other.put("Id", FIRST.get("Id"));
    other.put("Message", FIRST.get("Message"));
    assertThat(isRecorded(stored(turned), stored(turned)), is(false));
    assertThat(isRecorded(stored(turned), stored(other)), is(false));
    assertThat(isRecorded(Optional.empty(), Optional.empty()), is(false));
    assertThat(isRecorded(stored(item("aa")), stored(item("ab"))), is(true));
  }

  private static boolean isRecorded(Optional<StoredItem> before, Optional<StoredItem> after) {
    return StreamRecord.draft(StreamView.KEYS_ONLY, KEY, new Change(before, after)).isPresent();
  }
}
