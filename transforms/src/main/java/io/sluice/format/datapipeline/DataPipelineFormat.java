/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.datapipeline;

import io.sluice.format.json.JsonSplitter;
import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.json.DataPipelineJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Backups of AWS Data Pipeline and EMR: one item per line, in JSON with lower-case types or in the
 * older text form; see {@link DataPipelineJson}. A file may contain both.
 *
 * <p>A backup has a file {@code manifest} that lists its files: {@link DataPipelineManifest} reads
 * it, and globs do not match it.
 */
public record DataPipelineFormat() implements StreamFormat {

  @Override
  public boolean isData(String filename) {
    return !filename.equals(DataPipelineManifest.FILENAME);
  }

  @Override
  public String name() {
    return "DATA_PIPELINE";
  }

  @Override
  public boolean splittable(byte[] head) {
    return true;
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    return new FileRecords(LineSplitter.lines(file), DataPipelineFormat::parse);
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head)
      throws IOException {
    return new FileRecords(LineSplitter.linesFrom(middle, offset), DataPipelineFormat::parse);
  }

  private static @Nullable Map<String, AttributeValue> parse(byte[] record)
      throws InvalidItemException {
    return JsonSplitter.isBlank(record)
        ? null
        : DataPipelineJson.parseRecord(record, 0, record.length);
  }
}
