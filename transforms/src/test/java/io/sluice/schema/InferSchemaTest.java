/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static io.sluice.schema.Inferring.KEY;
import static io.sluice.schema.Inferring.infer;
import static io.sluice.schema.Inferring.item;
import static io.sluice.schema.Inferring.keyed;

import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;

/** Inference on the DirectRunner. */
class InferSchemaTest {
  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  private void assertInferred(List<ItemPage> pages, InferredSchema expected) {
    PAssert.that(
            pipeline
                .apply(Create.of(pages).withCoder(ItemPageCoder.of()))
                .apply("InferSchema", InferSchema.of(KEY)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void ofAllPages() {
    List<ItemPage> pages = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String one = keyed("'a':{'N':'" + i + "'}");
      String other = keyed(i == 17 ? "'rare':{'S':'x'}" : "");
      items.add(one);
      items.add(other);
      ItemPage.Mark mark = new ItemPage.Mark(0, 1, i, i == 49, 2, 1, 0);
      pages.add(ItemPage.of(mark, List.of(item(one), item(other))));
    }
    assertInferred(pages, infer(items.toArray(new String[0])));
  }

  @Test
  void ofWhatWasNotedOfEachSegment() {
    byte[] nothing = {};
    List<ItemPage> pages = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      byte[] noted = infer(keyed("'a':{'N':'" + segment + "'}")).bytes();
      // Items in pages are not looked at: these are others.
      ItemPage page =
          ItemPage.of(new ItemPage.Mark(segment, 1, 0, false, 1, 1, 0), List.of(item(keyed(""))));
      pages.add(page.withSummary(nothing));
      ItemPage.Mark last = new ItemPage.Mark(segment, 1, 1, true, 0, 1, 0);
      pages.add(ItemPage.of(last, List.of()).withSummary(noted));
    }
    assertInferred(
        pages, infer(keyed("'a':{'N':'0'}"), keyed("'a':{'N':'1'}"), keyed("'a':{'N':'2'}")));
  }

  @Test
  void ofATableWithoutItems() {
    ItemPage.Mark mark = new ItemPage.Mark(0, 1, 0, true, 0, 0.5, 0);
    assertInferred(List.of(ItemPage.of(mark, List.of())), infer());
  }
}
