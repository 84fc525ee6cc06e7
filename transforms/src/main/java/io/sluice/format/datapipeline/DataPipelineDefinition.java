/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.datapipeline;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.ManifestElsewhere;
import io.sluice.format.ManifestedInput;
import io.sluice.format.ReaderSettings;
import io.sluice.format.dynamodbjson.TypedOutline;
import io.sluice.item.json.DataPipelineJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Defines backups of AWS Data Pipeline and EMR, which may also be named by their manifests; {@link
 * ManifestElsewhere} sets which files those may list.
 */
public final class DataPipelineDefinition implements FormatDefinition {

  @Override
  public String purpose() {
    return "for backups of AWS Data Pipeline or EMR";
  }

  /** {@inheritDoc} Such a line has a name and byte 3, followed by what may be a typed value. */
  @Override
  public boolean isRecord(byte[] line) {
    for (int i = 0; i < line.length - 1; i++) {
      if (line[i] == DataPipelineJson.END_OF_TEXT) {
        return line[i + 1] == '{';
      }
    }
    return false;
  }

  @Override
  public boolean isRecord(Map<?, ?> outline) {
    return TypedOutline.ANY_CASE.isItem(outline) || isManifest(outline);
  }

  /** Recognises the manifest that lies next to the files of a backup. */
  private static boolean isManifest(Map<?, ?> object) {
    return object.get("name") instanceof String
        && object.get("version") == JsonToken.VALUE_NUMBER_INT
        && object.get("entries") instanceof List<?> entries
        && entries.stream()
            .allMatch(
                entry -> entry instanceof Map<?, ?> file && file.get("url") instanceof String);
  }

  @Override
  public ManifestedInput manifested(List<String> patterns, ReaderSettings settings)
      throws IOException {
    ManifestElsewhere elsewhere = settings.get(ManifestElsewhere.class, ManifestElsewhere.BESIDE);
    DataPipelineManifest.Expanded expanded = DataPipelineManifest.expand(patterns, elsewhere);
    return ManifestedInput.ofPatterns(expanded.files(), expanded.notes());
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return new DataPipelineFormat();
  }
}
