/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.text;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.ReaderSettings;
import java.util.Map;
import java.util.Set;

/** Defines plain text, whose lines are items with one attribute, set by {@link TextFormat}. */
public final class TextDefinition implements FormatDefinition {
  private static final TextFormat PLAIN = new TextFormat("text", 1);

  @Override
  public Set<String> extensions() {
    return Set.of("txt");
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return settings.get(TextFormat.class, PLAIN);
  }
}
