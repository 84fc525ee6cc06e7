/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.OneOf;
import java.util.List;
import java.util.Set;

/** The values of {@code --format} for events. */
public final class EventFormatNames implements OneOf.Values {
  /** Stands for the format that is recognised by files' names and first bytes. */
  static final String AUTO = "AUTO";

  /** The formats of events. */
  static final Set<FileFormat> FORMATS = Set.of(FileFormat.JSON, FileFormat.CSV);

  @Override
  public List<String> names() {
    return List.of(AUTO, FileFormat.JSON.name(), FileFormat.CSV.name());
  }

  @Override
  public String about() {
    return "Change records of DynamoDB are JSON, too.";
  }
}
