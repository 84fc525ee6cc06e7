/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import java.io.Serializable;

/**
 * The part that a page is of all items that were chosen for a bucket.
 *
 * @param choice names the choice: a bucket that a runner chooses again may come in other pages
 * @param number of the page among those of the choice, from 0
 * @param pages how many they are, 1 or more
 * @param items how many items they have together, 1 or more
 */
public record BucketPart(long choice, int number, int pages, long items) implements Serializable {
  public BucketPart {
    if (number < 0 || number >= pages || items < 1) {
      throw new IllegalArgumentException(
          "number %d must be below pages %d, and items %d 1 or more"
              .formatted(number, pages, items));
    }
  }
}
