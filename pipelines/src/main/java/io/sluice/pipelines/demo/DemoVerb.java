/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DriverVerb;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.ClusterEngine;
import java.nio.file.Path;
import java.util.Optional;

/** The verb {@code demo}. */
public final class DemoVerb implements DriverVerb<DemoOptions> {

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String about() {
    return "imports a generated file into an embedded DynamoDB, exports it and queries the snapshot";
  }

  @Override
  public Class<DemoOptions> options() {
    return DemoOptions.class;
  }

  @Override
  public void check(DemoOptions options) {
    if (ClusterEngine.isDetached(options)) {
      throw new UsageException(
          "the demo does not go with a detached submission: it exports what it has imported");
    }
  }

  @Override
  public int run(DemoOptions options, Console console) {
    check(options);
    Optional<StartingAws> aws =
        Optional.ofNullable(options.getStartingAws()).map(file -> new StartingAws(Path.of(file)));
    return Demo.run(options, () -> aws.ifPresent(starting -> starting.await(options)), console);
  }
}
