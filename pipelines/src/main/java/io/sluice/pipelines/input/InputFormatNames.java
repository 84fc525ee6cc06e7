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

  /** Stands for the format of the data in the exports that the input names. */
  static final String NATIVE_EXPORT = "NATIVE_EXPORT";

  @Override
  public List<String> names() {
    return Stream.concat(
            Stream.of(AUTO, NATIVE_EXPORT), Arrays.stream(FileFormat.values()).map(Enum::name))
        .toList();
  }

  @Override
  public String about() {
    Stream<String> formats =
        Arrays.stream(FileFormat.values())
            .filter(format -> !format.definition().purpose().isEmpty())
            .map(format -> format + " is " + format.definition().purpose() + ".");
    return Stream.concat(
            Stream.of(
                NATIVE_EXPORT
                    + " is for DynamoDB's exports to S3, each named by its folder, its manifest, or"
                    + " bucket, prefix and id."),
            formats)
        .collect(Collectors.joining(" "));
  }
}
