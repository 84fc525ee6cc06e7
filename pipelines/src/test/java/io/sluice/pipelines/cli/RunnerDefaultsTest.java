/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunnerDefaultsTest {

  @Test
  void defaultsGiveWayToWhatIsGiven() {
    RunnerDefaults profile =
        new RunnerDefaults(List.of("--runner=FlinkRunner", "--fasterCopy=true"));
    assertThat(
        profile.complete(new String[] {"--fasterCopy=false", "--runnerOther=1"}),
        is(List.of("--runner=FlinkRunner", "--fasterCopy=false", "--runnerOther=1")));
    assertThat(
        profile.complete(new String[] {"--runner=DirectRunner", "--fasterCopy"}),
        is(List.of("--runner=DirectRunner", "--fasterCopy")));
  }

  @Test
  void defaultsAreTheLinesWithOptions() {
    assertThat(
        RunnerDefaults.parse("# Why.\n--a=1\n\n  --b=7\n", Optional.empty()).defaults(),
        is(List.of("--a=1", "--b=7")));
  }

  @Test
  void theJarIsNamedWhereThereIsOne() {
    String resource = "--a=1\n--filesToStage={jar}\n";
    assertThat(
        RunnerDefaults.parse(resource, Optional.of(Path.of("/some/one.jar"))).defaults(),
        is(List.of("--a=1", "--filesToStage=/some/one.jar")));
    assertThat(RunnerDefaults.parse(resource, Optional.empty()).defaults(), is(List.of("--a=1")));
  }
}
