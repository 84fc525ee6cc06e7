/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.Verb;

/** The verb {@code import}. */
public final class ImportVerb implements Verb<ImportOptions> {

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String about() {
    return "loads files, a database or changes into a DynamoDB table";
  }

  @Override
  public Class<ImportOptions> options() {
    return ImportOptions.class;
  }

  @Override
  public void check(ImportOptions options) {
    ImportPlan.of(options);
  }

  @Override
  public int run(ImportOptions options, Console console) {
    return ImportPipeline.run(options, console);
  }
}
