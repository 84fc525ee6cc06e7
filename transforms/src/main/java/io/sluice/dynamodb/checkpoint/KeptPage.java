/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import io.sluice.item.page.ItemPage;
import java.util.Optional;

/**
 * A page of a scan as it is kept.
 *
 * @param page in the memory of this JVM
 * @param lastKey the key after which its segment goes on, as DynamoDB's JSON; empty at the end of
 *     the segment
 */
public record KeptPage(ItemPage page, Optional<byte[]> lastKey) {

  public KeptPage {
    if (page.mark().last() != lastKey.isEmpty()) {
      throw new IllegalArgumentException("only the last page of a segment has no last key");
    }
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return page.toString();
  }
}
