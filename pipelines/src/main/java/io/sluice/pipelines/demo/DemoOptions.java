/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of {@code demo}. */
public interface DemoOptions extends SluiceOptions {

  @Group(Group.Heading.WHERE)
  @Description(
      "File with the output of the embedded AWS that starts meanwhile: the demo waits until that is"
          + " ready, and takes the endpoints from it. `./sluice demo` sets it.")
  @Nullable String getStartingAws();

  void setStartingAws(String value);
}
