/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.failure.Rejection;
import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.ReaderSettings;
import io.sluice.format.json.RecordPath;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Defines rejections of an earlier run, whose records are read again by their own formats. */
public final class RejectsDefinition implements FormatDefinition {

  @Override
  public String purpose() {
    return "for records that an earlier run wrote to --rejects";
  }

  /** {@inheritDoc} A table with these columns is unlikely to have our codes in them too. */
  @Override
  public boolean isRecord(Map<?, ?> outline) {
    return isRejection(outline) || isColumns(outline);
  }

  private static boolean isRejection(Map<?, ?> object) {
    return isNameOf(Rejection.Stage.values(), object.get("stage"))
        && isNameOf(Reason.values(), object.get("reason"))
        && object.get("message") instanceof String
        && object.get("file") instanceof String
        && object.get("offset") == JsonToken.VALUE_NUMBER_INT
        && (object.get("record") instanceof String || object.get("recordBase64") instanceof String);
  }

  /** Recognises the line of columns that precedes the rejections of a format with columns. */
  private static boolean isColumns(Map<?, ?> object) {
    return object.size() == 3
        && object.get("columnsId") instanceof String
        && object.get("format") instanceof String
        && object.get("columns") instanceof List<?>;
  }

  private static boolean isNameOf(Enum<?>[] constants, @Nullable Object value) {
    return Arrays.stream(constants).anyMatch(c -> c.name().equals(value));
  }

  @Override
  public boolean takesAllOptions() {
    return true;
  }

  @Override
  public boolean hasPathColumns() {
    return false;
  }

  /** Uses the settings of the run whose rejections are replayed, or corrected ones. */
  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    Map<String, StreamFormat> formats = new HashMap<>();
    // A rejected record is stored without the document that contained it.
    ReaderSettings ofRecords = settings.without(RecordPath.class);
    others.forEach(
        (name, format) -> {
          if (format != this && format.reader(ofRecords, others) instanceof StreamFormat records) {
            formats.put(name, records);
          }
        });
    return new RejectsFormat(formats);
  }
}
