/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.ItemDraft;
import java.io.IOException;
import java.util.Arrays;

/** Takes names of attributes, which are most likely those of the item before, in its order. */
final class DraftNames {
  private final JsonInput in;

  DraftNames(JsonInput in) {
    this.in = in;
  }

  /** Takes the next string and writes it as the name of the next attribute. */
  void take(ItemDraft draft) throws IOException {
    byte[] likely = draft.likelyName();
    if (likely != null && in.takeString(likely)) {
      draft.likely();
      return;
    }
    in.string();
    byte[] utf8 = Arrays.copyOfRange(in.source(), in.from(), in.to());
    if (in.isEscaped()) {
      // It does not have the same bytes in the JSON.
      draft.name(in.name(), utf8);
    } else {
      draft.keepName(in.name(), utf8);
    }
  }
}
