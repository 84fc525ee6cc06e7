/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.registry.FileFormat;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/** Writes a file without items, which has the schema if the format stores one in its files. */
public final class EmptyFile {
  private EmptyFile() {}

  /**
   * Writes the file into a folder, under a new name like those of {@link WriteFiles}.
   *
   * @throws IllegalArgumentException when the format has no type for a field of the schema
   */
  public static WrittenFiles.File in(String folder, FileFormat format, TableSchema schema)
      throws IOException {
    String name = WriteFiles.PART + UUID.randomUUID() + "-00000" + format.output().suffix();
    ResourceId place =
        FileSystems.matchNewResource(folder, true)
            .resolve(name, StandardResolveOptions.RESOLVE_FILE);
    SinkFactory sinks =
        format.output().sinks(new SinkSettings(schema, WriteFiles.DEFAULT_ROW_GROUP_BYTES, false));
    return OpenFile.create(place, sinks).finish();
  }
}
