/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.ItemCursor;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJsonBuffer;
import io.sluice.testing.Items;
import java.io.EOFException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Pages, and the cursor that walks through their items. */
class ItemPageTest {
  private static final ItemPage.Mark MARK = new ItemPage.Mark(3, 77L, 2, true, 9, 1.5, 123_456L);

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> pages() {
    return Items.items().list().ofMaxSize(5);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
  void aPageComesBackAsItWas(@ForAll("pages") List<Map<String, AttributeValue>> items)
      throws Exception {
    List<SourcedItem> sourced = items.stream().map(SourcedItem::withoutOrigin).toList();
    ItemPage page = ItemPage.of(MARK, sourced);
    byte[] bytes = CoderUtils.encodeToByteArray(ItemPageCoder.of(), page);
    ItemPage decoded = CoderUtils.decodeFromByteArray(ItemPageCoder.of(), bytes);
    assertThat(decoded, is(page));
    assertThat(decoded.mark(), is(MARK));
    assertThat(decoded.count(), is(items.size()));
    assertThat(decoded.items(), is(sourced));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void aPageThatIsKeptInAFileComesBackToo(@ForAll("pages") List<Map<String, AttributeValue>> items)
      throws Exception {
    List<SourcedItem> sourced = items.stream().map(SourcedItem::withoutOrigin).toList();
    ItemPage page = ItemPage.of(MARK, sourced).inPart(7).withSummary(new byte[] {1, 2});
    PageSpool spool = PageSpool.open();
    ItemPage other = ItemPage.of(MARK, List.of()).keptIn(spool);
    ItemPage kept = page.keptIn(spool);
    assertThat("only the summary is here", kept.heapBytes(), is(2));
    assertThat(kept.compressedBytes(), is(page.heapBytes() - 2));
    ItemPage decoded = CoderUtils.clone(ItemPageCoder.of(), kept);
    assertThat(decoded.heapBytes(), is(2));
    for (ItemPage again : List.of(kept, decoded, CoderUtils.clone(ItemPageCoder.of(), page))) {
      assertThat(again, is(page));
      assertThat(again.items(), is(sourced));
      assertThat(again.part(), is(7));
      assertThat(again.summary(), is(new byte[] {1, 2}));
    }
    assertThat(other.items(), is(List.of()));
  }

  @Test
  void aPageOfAFileThatIsGoneIsNotRead() {
    assertThrows(EOFException.class, () -> PageSpool.Place.of(-1, 0, 1));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
  void theCursorFindsWhatTheItemHolds(@ForAll("pages") List<Map<String, AttributeValue>> items) {
    for (Map<String, AttributeValue> item : items) {
      SourcedItem sourced = SourcedItem.withoutOrigin(item);
      ItemCursor in = ItemCursor.of(sourced);
      Map<String, AttributeValue> found = attributes(in);
      assertThat(SourcedItem.withoutOrigin(found), is(sourced));
      assertThat(in.bytes().remaining(), is(0));
    }
  }

  @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
  void whatIsSkippedIsPassedOver(@ForAll("pages") List<Map<String, AttributeValue>> items) {
    for (Map<String, AttributeValue> item : items) {
      ItemCursor in = ItemCursor.of(SourcedItem.withoutOrigin(item));
      for (int left = in.count(); left > 0; left--) {
        in.name();
        in.type();
        in.skip();
      }
      assertThat(in.bytes().remaining(), is(0));
    }
  }

  @Test
  void aValueIsWrittenAsDynamoDbJson() {
    SourcedItem item =
        SourcedItem.withoutOrigin(
            Map.of(
                "a", AttributeValue.fromN("1.50"),
                "b", AttributeValue.fromL(List.of(AttributeValue.fromS("\"")))));
    ItemCursor in = ItemCursor.of(item);
    ItemJsonBuffer json = new ItemJsonBuffer();
    for (int left = in.count(); left > 0; left--) {
      in.name();
      json.value(in);
    }
    assertThat(
        new String(json.array(), 0, json.size(), StandardCharsets.UTF_8),
        is("{\"N\":\"1.50\"}{\"L\":[{\"S\":\"\\\"\"}]}"));
  }

  @Test
  void aDamagedPageIsNotRead() {
    ItemPage page =
        ItemPage.of(
            MARK, List.of(SourcedItem.withoutOrigin(Map.of("a", AttributeValue.fromS("x")))));
    byte[] cut = java.util.Arrays.copyOf(page.compressed(), page.compressed().length - 1);
    ItemPage damaged = new ItemPage(MARK, 1, page.bytes(), cut);
    assertThrows(IllegalArgumentException.class, damaged::items);
    ItemPage fewer = new ItemPage(MARK, 0, page.bytes(), page.compressed());
    assertThrows(IllegalArgumentException.class, fewer::items);
  }

  private static Map<String, AttributeValue> attributes(ItemCursor in) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      attributes.put(in.name(), value(in));
    }
    return attributes;
  }

  private static AttributeValue value(ItemCursor in) {
    return switch (in.type()) {
      case S -> AttributeValue.fromS(in.string());
      case N -> AttributeValue.fromN(number(in));
      case B -> AttributeValue.fromB(SdkBytes.fromByteArray(in.binary()));
      case BOOL -> AttributeValue.fromBool(in.bool());
      case NUL -> AttributeValue.fromNul(true);
      case SS -> AttributeValue.fromSs(elements(in, ItemCursor::string));
      case NS ->
          AttributeValue.fromNs(
              elements(
                  in,
                  at -> {
                    at.nextNumber();
                    return number(at);
                  }));
      case BS -> AttributeValue.fromBs(elements(in, at -> SdkBytes.fromByteArray(at.binary())));
      case L -> AttributeValue.fromL(elements(in, ItemPageTest::value));
      case M -> AttributeValue.fromM(attributes(in));
      default -> throw new AssertionError();
    };
  }

  private static String number(ItemCursor in) {
    return in.isPacked()
        ? BigDecimal.valueOf(in.unscaled(), in.scale()).toPlainString()
        : in.number();
  }

  private static <T> List<T> elements(
      ItemCursor in, java.util.function.Function<ItemCursor, T> element) {
    List<T> elements = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      elements.add(element.apply(in));
    }
    return elements;
  }
}
