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
 * The formats of files. A new one is a folder beside the others, and a line here. Of several that
 * take a record for theirs, the first is meant.
 */
public enum FileFormat {
  PARQUET(new ParquetDefinition()),
  AVRO(new AvroDefinition()),
  REJECTS(new RejectsDefinition()),
  DYNAMODB_JSON(new DynamoDbJsonDefinition()),
  DATA_PIPELINE(new DataPipelineDefinition()),
  JSON(new JsonDefinition()),
  CSV(new CsvDefinition()),
  TEXT(new TextDefinition());

  private final FormatDefinition definition;

  FileFormat(FormatDefinition definition) {
    this.definition = definition;
  }

  /** How files of this format are recognised and listed. */
  public FormatDefinition definition() {
    return definition;
  }

  /** Makes the reader of its files. */
  public Format reader(ReaderSettings settings) {
    Map<String, FormatDefinition> all = new LinkedHashMap<>();
    for (FileFormat format : values()) {
      all.put(format.name(), format.definition);
    }
    return definition.reader(settings, all);
  }

  /**
   * How an export writes its files.
   *
   * @throws IllegalArgumentException when none does
   */
  public OutputDefinition output() {
    return definition
        .output()
        .orElseThrow(() -> new IllegalArgumentException("the format " + this + " is not written"));
  }

  /** The formats that an export writes. */
  public static List<FileFormat> written() {
    return Arrays.stream(values()).filter(f -> f.definition.output().isPresent()).toList();
  }

  /**
   * The written format of that name, in any case.
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

  /** The format of just that name among some. */
  public static Optional<FileFormat> find(Collection<FileFormat> formats, String name) {
    return formats.stream().filter(format -> format.name().equals(name)).findFirst();
  }
}
