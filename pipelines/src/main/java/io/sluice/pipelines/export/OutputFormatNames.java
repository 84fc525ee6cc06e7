/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.format.OutputDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.OneOf;
import java.util.List;
import java.util.function.Predicate;

/** The values of {@code --outputFormat}. */
public final class OutputFormatNames implements OneOf.Values {

  @Override
  public List<String> names() {
    return FileFormat.written().stream().map(Enum::name).toList();
  }

  @Override
  public String about() {
    return "An import restores the same items from %s; %s lose types."
        .formatted(
            joined(OutputDefinition::isLossless, " and "),
            joined(output -> !output.isLossless(), " and "));
  }

  /**
   * Joins the names of some formats for a sentence.
   *
   * @param last the text before the last of them
   */
  static String joined(Predicate<OutputDefinition> which, String last) {
    List<String> names =
        FileFormat.written().stream()
            .filter(format -> which.test(format.output()))
            .map(Enum::name)
            .toList();
    String all = String.join(", ", names);
    int comma = all.lastIndexOf(", ");
    return comma < 0 ? all : all.substring(0, comma) + last + all.substring(comma + 2);
  }
}
