/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Defines Parquet: read with any schema, written with the schema of a table. */
public final class ParquetDefinition implements FormatDefinition {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** {@inheritDoc} PAR1 may also be the name of a column in a text file. */
  @Override
  public boolean hasMagic(byte[] head, boolean isNamed) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        && (!isNamed || isBinary(head));
  }

  private static boolean isBinary(byte[] head) {
    int next = head.length > MAGIC.length ? head[MAGIC.length] : ' ';
    return next < ' ' && next != '\n' && next != '\r' && next != '\t';
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return new ParquetFormat();
  }

  @Override
  public Optional<OutputDefinition> output() {
    return Optional.of(new ParquetOutput());
  }
}
