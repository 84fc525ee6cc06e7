/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.OneOf;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of {@code --format}. */
public final class InputFormatNames implements OneOf.Values {
  /** Stands for the format that is recognised by files' names and first bytes. */
  static final String AUTO = "AUTO";

  @Override
  public List<String> names() {
    return Stream.concat(Stream.of(AUTO), Arrays.stream(FileFormat.values()).map(Enum::name))
        .toList();
  }

  @Override
  public String about() {
    return Arrays.stream(FileFormat.values())
        .filter(format -> !format.definition().purpose().isEmpty())
        .map(format -> format + " is " + format.definition().purpose() + ".")
        .collect(Collectors.joining(" "));
  }
}
