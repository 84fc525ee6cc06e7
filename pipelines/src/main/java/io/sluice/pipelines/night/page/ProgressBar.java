/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.report.page.Html;
import java.util.Locale;

/** Draws how much of something is done. */
final class ProgressBar {
  private ProgressBar() {}

  /**
   * Draws a bar as wide as its place.
   *
   * @param share from 0 to 1
   * @param height in pixels
   */
  static void write(Html html, double share, int height) {
    html.open("svg", "class", "bar", "width", "100%", "height", "" + height, "aria-hidden", "true");
    html.empty("rect", "class", "track", "fill", "#ddd", "width", "100%", "height", "" + height);
    html.empty(
        "rect",
        "class",
        "fill",
        "fill",
        "#2f6fb0",
        "width",
        String.format(Locale.ROOT, "%.1f%%", 100 * share),
        "height",
        "" + height);
    html.close("svg");
  }
}
