/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Defines Avro object container files: read with any schema, written with the schema of a table.
 */
public final class AvroDefinition implements FormatDefinition {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};

  @Override
  public boolean hasMagic(byte[] head, boolean isNamed) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return new AvroFormat();
  }

  @Override
  public Optional<OutputDefinition> output() {
    return Optional.of(new AvroOutput());
  }
}
