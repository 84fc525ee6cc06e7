/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import java.util.Map;
import java.util.Optional;

/** Defines plain JSON; {@link JsonFormat} and {@link RecordPath} set how it is read. */
public final class JsonDefinition implements FormatDefinition {

  /** {@inheritDoc} Any object is one: formats with objects of a certain shape are asked first. */
  @Override
  public boolean isRecord(Map<?, ?> outline) {
    return true;
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    JsonFormat plain = settings.get(JsonFormat.class, JsonFormat.withColumns(Map.of()));
    return settings.get(RecordPath.class, RecordPath.NONE).in(plain);
  }

  @Override
  public Optional<OutputDefinition> output() {
    return Optional.of(new JsonOutput());
  }
}
