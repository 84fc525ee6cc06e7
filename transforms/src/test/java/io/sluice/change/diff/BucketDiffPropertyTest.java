/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.record.Change;
import io.sluice.change.record.StreamRecordParser;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.item.page.SourcedPage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Differences against a model, in counts, and as changes that make one state the other. */
class BucketDiffPropertyTest {
  private static final Instant TIME = Instant.parse("2026-01-31T23:26:00.123Z");
  private static final DeltaStamp STAMP = new DeltaStamp("sluice:diff:trips", ModelTable.KEY, TIME);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> lines = new ArrayList<>();

  private DiffCounts diff(
      List<Map<String, AttributeValue>> from, List<Map<String, AttributeValue>> to, Random random) {
    List<Runnable> pages = new ArrayList<>();
    BucketDiff diff = new BucketDiff();
    for (SourcedPage page : ModelTable.pages(from, 1)) {
      pages.add(() -> diff.addFrom(page));
    }
    for (SourcedPage page : ModelTable.pages(to, 1)) {
      pages.add(() -> diff.addTo(page));
    }
    Collections.shuffle(pages, random);
    pages.forEach(Runnable::run);
    DeltaPager pager =
        new DeltaPager(
            STAMP,
            page -> {
              List<String> some = new String(page.lines(), StandardCharsets.UTF_8).lines().toList();
              assertThat(some.size(), is(page.records()));
              lines.addAll(some);
            });
    DiffCounts counts = diff.settle(pager);
    pager.flush();
    return counts;
  }

  @Property(tries = 500)
  void theyAreThoseOfTheModel(@ForAll long seed, @ForAll @IntRange(max = 40) int items)
      throws Exception {
    Random random = new Random(seed);
    ModelTable from = ModelTable.random(random, items);
    ModelTable to =
        random.nextInt(5) == 0 ? ModelTable.random(random, random.nextInt(10)) : from.later();
    List<Map<String, AttributeValue>> before = from.spelled();
    List<Map<String, AttributeValue>> after = to.spelled();
    Collections.shuffle(before, random);
    Collections.shuffle(after, random);
    lines.clear();
    DiffCounts counts = diff(before, after, random);

    assertThat(counts, is(model(from, to)));
    assertThat(counts.addsUp(), is(true));
    applyTo(before, after, counts);
  }

  private static DiffCounts model(ModelTable from, ModelTable to) {
    long added = 0;
    long changed = 0;
    long removed = 0;
    long unchanged = 0;
    TreeMap<String, Long> attributes = new TreeMap<>();
    Set<BigDecimal> keys = from.keys();
    keys.addAll(to.keys());
    for (BigDecimal key : keys) {
      Set<String> differing = from.differing(to, key);
      if (differing == null) {
        added += to.keys().contains(key) ? 1 : 0;
        removed += from.keys().contains(key) ? 1 : 0;
      } else if (differing.isEmpty()) {
        unchanged++;
      } else {
        changed++;
        differing.forEach(name -> attributes.merge(name, 1L, Long::sum));
      }
    }
    return new DiffCounts(
        from.size(), to.size(), added, changed, removed, unchanged, attributes, 0);
  }

  /** The records are changes that make the one the other, and say what each was before. */
  private void applyTo(
      List<Map<String, AttributeValue>> before,
      List<Map<String, AttributeValue>> after,
      DiffCounts counts)
      throws Exception {
    Map<ItemKey, Map<String, AttributeValue>> table = byKey(before);
    Map<String, Long> events = new HashMap<>();
    StreamRecordParser parser = new StreamRecordParser(ModelTable.KEY);
    for (String line : lines) {
      JsonNode record = JSON.readTree(line);
      events.merge(record.get("eventName").textValue(), 1L, Long::sum);
      assertThat(record.get("eventSourceARN").textValue(), is(STAMP.feed()));
      assertThat(record.get("eventID").textValue().length(), is(32));
      Change change = parser.parse(line.getBytes(StandardCharsets.UTF_8));
      assertThat(change.millis(), is(TIME.toEpochMilli()));
      assertThat(change.sequence().longValue(), is(TIME.toEpochMilli()));
      Map<String, AttributeValue> old = table.remove(change.key());
      JsonNode oldImage = record.get("dynamodb").get("OldImage");
      assertThat(oldImage == null, is(old == null));
      if (old != null) {
        assertThat(oldImage.size(), is(old.size()));
      }
      if (change.kind() == Change.Kind.PUT) {
        table.put(change.key(), ItemCoder.fromBytes(change.item()));
      }
    }
    assertThat(events.getOrDefault("INSERT", 0L), is(counts.added()));
    assertThat(events.getOrDefault("MODIFY", 0L), is(counts.changed()));
    assertThat(events.getOrDefault("REMOVE", 0L), is(counts.removed()));
    Map<ItemKey, Map<String, AttributeValue>> wanted = byKey(after);
    assertThat(table.keySet(), is(wanted.keySet()));
    table.forEach(
        (key, item) -> assertThat(ItemDiff.differing(item, wanted.get(key)), is(empty())));
  }

  private static Map<ItemKey, Map<String, AttributeValue>> byKey(
      List<Map<String, AttributeValue>> items) throws Exception {
    Map<ItemKey, Map<String, AttributeValue>> byKey = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      assertThat(byKey.put(ItemKey.of(item, ModelTable.KEY), item), is(nullValue()));
    }
    return byKey;
  }

  private static Map<String, AttributeValue> item(String id, String name, String n) {
    return Map.of(
        "id",
        AttributeValue.fromN(id),
        name,
        AttributeValue.fromM(Map.of("deep", AttributeValue.fromN(n))));
  }

  @Test
  void aValueWithinNamesTheAttributeAroundIt() {
    Random random = new Random(1);
    DiffCounts same = diff(List.of(item("1", "a", "2")), List.of(item("1.0", "a", "2.0")), random);
    assertThat(same, is(new DiffCounts(1, 1, 0, 0, 0, 1, new TreeMap<>(), 0)));
    DiffCounts other = diff(List.of(item("1", "a", "2")), List.of(item("1", "a", "3")), random);
    assertThat(other, is(new DiffCounts(1, 1, 0, 1, 0, 0, new TreeMap<>(Map.of("a", 1L)), 0)));
  }

  @Test
  void aKeyThatComesTwiceIsFound() {
    List<Map<String, AttributeValue>> twice = List.of(item("1", "a", "2"), item("1.0", "a", "2"));
    assertThat(
        assertThrows(IllegalStateException.class, () -> diff(twice, List.of(), new Random(1)))
            .getMessage(),
        containsString("an item of --from came twice"));
    for (List<Map<String, AttributeValue>> from :
        List.of(
            List.<Map<String, AttributeValue>>of(),
            List.of(item("1", "a", "2")),
            List.of(item("1", "a", "3")))) {
      assertThat(
          assertThrows(IllegalStateException.class, () -> diff(from, twice, new Random(1)))
              .getMessage(),
          containsString("an item of --to came twice"));
    }
  }
}
