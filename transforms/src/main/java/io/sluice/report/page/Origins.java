/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes where a record comes from. */
final class Origins {
  private Origins() {}

  /** Writes the file of an object and its offset, if there are any. */
  static void write(Html html, JsonNode object) {
    String file = object.path("file").asText();
    if (file.isEmpty()) {
      return;
    }
    html.open("small").add("bdi", file);
    html.text(", at byte " + Texts.number(object.path("offset").decimalValue())).close("small");
  }
}
