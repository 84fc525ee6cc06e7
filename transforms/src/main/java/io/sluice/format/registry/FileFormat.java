/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.registry;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import io.sluice.format.avro.AvroDefinition;
import io.sluice.format.csv.CsvDefinition;
import io.sluice.format.datapipeline.DataPipelineDefinition;
import io.sluice.format.dynamodbjson.DynamoDbJsonDefinition;
import io.sluice.format.ion.IonDefinition;
import io.sluice.format.json.JsonDefinition;
import io.sluice.format.parquet.ParquetDefinition;
import io.sluice.format.rejects.RejectsDefinition;
import io.sluice.format.text.TextDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The list of formats. A new format is a folder next to the others, and a line here. If several
 * formats recognise a record, the first one counts.
 */
public enum FileFormat {
  PARQUET(new ParquetDefinition()),
  AVRO(new AvroDefinition()),
  REJECTS(new RejectsDefinition()),
  DYNAMODB_JSON(new DynamoDbJsonDefinition()),
  ION(new IonDefinition()),
  DATA_PIPELINE(new DataPipelineDefinition()),
  JSON(new JsonDefinition()),
  CSV(new CsvDefinition()),
  TEXT(new TextDefinition());

  private final FormatDefinition definition;

  FileFormat(FormatDefinition definition) {
    this.definition = definition;
  }

  /** Returns how files of this format are recognised, read and written. */
  public FormatDefinition definition() {
    return definition;
  }

  /** Creates the reader for files of this format. */
  public Format reader(ReaderSettings settings) {
    Map<String, FormatDefinition> all = new LinkedHashMap<>();
    for (FileFormat format : values()) {
      all.put(format.name(), format.definition);
    }
    return definition.reader(settings, all);
  }

  /**
   * Returns how an export writes files of this format.
   *
   * @throws IllegalArgumentException when no export does
   */
  public OutputDefinition output() {
    return definition
        .output()
        .orElseThrow(() -> new IllegalArgumentException("the format " + this + " is not written"));
  }

  /** Returns the formats that an export can write. */
  public static List<FileFormat> written() {
    return Arrays.stream(values()).filter(f -> f.definition.output().isPresent()).toList();
  }

  /**
   * Finds a written format by its name, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static FileFormat parseWritten(String name) {
    return find(written(), name.toUpperCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the format is %s, must be one of %s".formatted(name, written())));
  }

  /** Finds the format with exactly this name among some. */
  public static Optional<FileFormat> find(Collection<FileFormat> formats, String name) {
    return formats.stream().filter(format -> format.name().equals(name)).findFirst();
  }
}
