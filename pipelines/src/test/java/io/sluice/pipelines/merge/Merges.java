/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.LocalAws;
import java.util.ArrayList;
import java.util.List;

/** Merges as a person runs them. */
final class Merges {
  private static final LocalAws AWS = LocalAws.shared();

  private Merges() {}

  /** Merges the table {@code trips}. */
  static Printed run(String... arguments) {
    return ofTable("trips", arguments);
  }

  static Printed ofTable(String table, String... arguments) {
    Printed printed = new Printed();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--table=" + table));
    all.addAll(List.of(arguments));
    MergeOptions options = OneWorker.options(MergeOptions.class, all.toArray(String[]::new));
    assertThat(new MergeVerb().run(options, printed.console()), is(ExitCode.OK));
    return printed;
  }

  /** Returns the line by which a merge that cannot be done ends. */
  static String failure(String table, String... arguments) {
    return assertThrows(JobException.class, () -> ofTable(table, arguments)).getMessage();
  }
}
