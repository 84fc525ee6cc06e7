/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.Verb;

/** The verb {@code export}. */
public final class ExportVerb implements Verb<ExportOptions> {

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String about() {
    return "publishes the items of a DynamoDB table as a snapshot of files";
  }

  @Override
  public Class<ExportOptions> options() {
    return ExportOptions.class;
  }

  @Override
  public void check(ExportOptions options) {
    ExportPlan.of(options);
  }

  @Override
  public int run(ExportOptions options, Console console) {
    return ExportPipeline.run(options, console);
  }
}
