/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The summary of an export, in its {@code manifest-summary.json}.
 *
 * @param dataFormat of the data files: DYNAMODB_JSON or ION
 * @param filesKey the key of {@code manifest-files.json} when the export was written
 * @param bucket where the export was written; null if that was not S3
 * @param items the number of items; -1 if it is not given
 * @param tableArn the exported table; null if it is not given
 * @param exportTime the time of which the items are; null if it is not given
 * @param end when the export ended; null if it is not given
 * @param window the times between which the changes of an incremental export happened; null for a
 *     full export
 * @param isOfScan whether the export was made by a scan, as ours are, which shows the table between
 *     {@code exportTime} and {@code end} and not at one point in time
 */
public record ExportSummary(
    String dataFormat,
    String filesKey,
    @Nullable String bucket,
    long items,
    @Nullable String tableArn,
    @Nullable Instant exportTime,
    @Nullable Instant end,
    @Nullable Window window,
    boolean isOfScan) {

  /**
   * The times of an incremental export.
   *
   * @param from the time of the first changes; null if it is not given
   * @param to the time before which the last ones are; null if it is not given
   */
  public record Window(@Nullable Instant from, @Nullable Instant to) {}

  private static final int MAX_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a summary.
   *
   * @throws UnreadableFileException when it is none
   */
  static ExportSummary read(String name, InputStream in) throws IOException {
    JsonNode summary = parse(name, in);
    String type = summary.path("exportType").asText("FULL_EXPORT");
    boolean isIncremental = type.equals("INCREMENTAL_EXPORT");
    String format = summary.path("outputFormat").asText();
    boolean isKnown = format.equals("DYNAMODB_JSON") || format.equals("ION");
    if (!(isIncremental || type.equals("FULL_EXPORT")) || !isKnown) {
      throw notAManifest(name, "it names no export of DYNAMODB_JSON or ION");
    }
    return new ExportSummary(
        format,
        summary.path("manifestFilesS3Key").asText(),
        summary.path("s3Bucket").textValue(),
        summary.path("itemCount").asLong(-1),
        summary.path("tableArn").textValue(),
        time(name, summary, "exportTime"),
        time(name, summary, "endTime"),
        isIncremental
            ? new Window(time(name, summary, "exportFromTime"), time(name, summary, "exportToTime"))
            : null,
        // DynamoDB knows the id of the table; a scan does not.
        summary.path("tableId").isNull());
  }

  private static JsonNode parse(String name, InputStream in) throws IOException {
    try {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      JsonNode summary = text.length > MAX_BYTES ? null : JSON.readTree(text);
      if (summary != null && summary.isObject()) {
        return summary;
      }
    } catch (JsonProcessingException e) {
      // The exception's message quotes the file, which may contain anything.
      throw notAManifest(name, "it is not JSON");
    }
    throw notAManifest(name, "it is no object of JSON");
  }

  private static @Nullable Instant time(String name, JsonNode summary, String member)
      throws IOException {
    String text = summary.path(member).textValue();
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw notAManifest(name, member + " is no time");
    }
  }

  static UnreadableFileException notAManifest(String file, String why) {
    return new UnreadableFileException(file, "is no manifest of an export: " + why);
  }
}
