/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.dynamodb.checkpoint.Checkpoints;

/**
 * Makes a scan keep its pages, so that another start of the same job goes on where one was killed.
 *
 * <p>A page is durable before it goes on to other steps. Pages that an earlier start has kept come
 * again, marked as {@link io.sluice.item.page.ItemPage#isTakenOver}, and the rest of each segment
 * is scanned. A start that is killed loses at most one page for each segment of the readers that
 * were at work: a reader has no more pages that are requested, or read and not kept, than it reads
 * segments at once.
 *
 * <p>Two scans with one place for their pages do no harm but to each other: as soon as both have
 * read pages of one group of segments, one of them fails.
 */
public final class ResumableScan {
  private ResumableScan() {}

  /**
   * Returns the same scan, which keeps its pages.
   *
   * @param checkpoints where; the same for all starts, which also need the same table, index,
   *     expressions and {@link ScanTable#withSegments number of segments}
   */
  public static ScanTable of(ScanTable scan, Checkpoints checkpoints) {
    return scan.with(spec -> spec.checkpoints = checkpoints);
  }

  /** Returns into how many groups the first start of a scan should divide the segments. */
  public static int groups(ScanTable scan) {
    return scan.spec.groups();
  }
}
