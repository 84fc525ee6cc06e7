/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.pipelines.cli.OneOf;
import java.util.List;

/** The values of {@code --source} of what is written to a table or compared with it. */
public final class InputSourceNames implements OneOf.Values {
  static final String FILES = "FILES";
  static final String JDBC = "JDBC";

  @Override
  public List<String> names() {
    return List.of(FILES, JDBC);
  }

  @Override
  public String about() {
    return "";
  }
}
