/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Defines CSV: read in any dialect, set by {@link CsvFormat} and {@link Delimiter}; written in one.
 */
public final class CsvDefinition implements FormatDefinition {

  /** The source of the delimiter. */
  public enum Delimiter {
    /** The dialect's delimiter, whatever the names of the files. */
    GIVEN,
    /** A tab in files whose names end in {@code .tsv}, and the dialect's delimiter in others. */
    BY_NAME
  }

  @Override
  public Set<String> extensions() {
    return Set.of("csv", "tsv");
  }

  @Override
  public boolean hasTypes() {
    return false;
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return settings.get(CsvFormat.class, CsvFormat.PLAIN);
  }

  @Override
  public Format readerFor(List<String> filenames, Format reader, ReaderSettings settings) {
    if (settings.get(Delimiter.class, Delimiter.GIVEN) == Delimiter.GIVEN) {
      return reader;
    }
    long tabbed =
        filenames.stream()
            .filter(name -> FileCompression.withoutExtension(name).endsWith(".tsv"))
            .count();
    if (tabbed > 0 && tabbed < filenames.size()) {
      throw new IllegalArgumentException(
          "some files end in .tsv and others do not: import them one after the other, or give"
              + " --csvDelimiter");
    }
    return tabbed == 0 ? reader : ((CsvFormat) reader).withDelimiter("\t");
  }

  @Override
  public Optional<OutputDefinition> output() {
    return Optional.of(new CsvOutput());
  }
}
