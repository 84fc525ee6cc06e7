/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.Ending;
import io.sluice.pipelines.cli.FlinkContext;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.WorkerSlots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.program.ContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepares the environment as Flink's client does. */
@SuppressWarnings("deprecation")
class FlinkContextTest {
  private static final String ATTACHED = "execution.attached";
  private static final String TARGET = "execution.target";
  private static final String PARALLELISM = "parallelism.default";
  private static final int DELAY = 60_000;

  private static FlinkContext started(String... settings) {
    Configuration configuration = new Configuration();
    configuration.setString(TARGET, "remote");
    for (int i = 0; i < settings.length; i += 2) {
      configuration.setString(settings[i], settings[i + 1]);
    }
    ContextEnvironment.setAsContext(
        new DefaultExecutorServiceLoader(),
        configuration,
        FlinkContextTest.class.getClassLoader(),
        false,
        true);
    return FlinkContext.find().orElseThrow();
  }

  private static FlinkPipelineOptions options() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[auto]");
    return options;
  }

  @AfterEach
  void end() {
    ContextEnvironment.unsetAsContext();
  }

  @Test
  void thereIsNoneWithoutFlinksClient() {
    assertThat(FlinkContext.find().isEmpty(), is(true));
    assertThat(ClusterEngine.isDetached(options()), is(false));
  }

  @Test
  void knowsWhetherTheProgramWaits() {
    assertThat(started(ATTACHED, "true").isAttached(), is(true));
    assertThat(ClusterEngine.isDetached(options()), is(false));
    assertThat(started(ATTACHED, "false").isAttached(), is(false));
    assertThat(ClusterEngine.isDetached(options()), is(true));
    assertThat("as an application is", started().isAttached(), is(false));
  }

  @Test
  void itsParallelismIsTheNumberOfSlots() {
    assertThat(started(PARALLELISM, "6").parallelism(), is(6));
    OptionErrors problems = new OptionErrors();
    assertThat(WorkerSlots.of(options(), null, problems), is(6));
    FlinkPipelineOptions given = options();
    given.setParallelism(3);
    assertThat("Beam's option comes first", WorkerSlots.of(given, null, problems), is(3));
    problems.throwIfAny();
  }

  @Test
  void whatBeamGetsRestarts() {
    started().restart(2, DELAY);
    assertThat(
        ExecutionEnvironment.getExecutionEnvironment().getRestartStrategy(),
        is(RestartStrategies.fixedDelayRestart(2, DELAY)));
  }

  /** It must be given to the job: the cluster would use its own. */
  @Test
  void theStrategyOfTheConfigurationComesFirst() {
    started("restart-strategy.type", "none").restart(2, DELAY);
    assertThat(
        ExecutionEnvironment.getExecutionEnvironment().getRestartStrategy(),
        is(RestartStrategies.noRestart()));
    started(
            "restart-strategy.type",
            "fixed-delay",
            "restart-strategy.fixed-delay.attempts",
            "7",
            "restart-strategy.fixed-delay.delay",
            "3 s")
        .restart(2, DELAY);
    assertThat(
        ExecutionEnvironment.getExecutionEnvironment().getRestartStrategy(),
        is(RestartStrategies.fixedDelayRestart(7, 3000L)));
  }

  @Test
  void aStrategyThatOnlyTheClusterKnowsIsLeftToIt() {
    started("restart-strategy.type", "com.example.Patience").restart(2, DELAY);
    assertThat(
        ExecutionEnvironment.getExecutionEnvironment().getRestartStrategy(),
        is(RestartStrategies.fallBackRestart()));
  }

  /** Beam would make an environment of its own, which nobody could give a restart strategy. */
  @Test
  void aClusterThatIsNamedIsConnectedTo(@TempDir Path folder) throws IOException {
    FlinkContext first = FlinkContext.connect("http://here:1234", null, List.of());
    assertThat(first.isConnected(), is(true));
    first.restart(2, DELAY);
    ExecutionEnvironment environment = ExecutionEnvironment.getExecutionEnvironment();
    assertThat(environment.getRestartStrategy(), is(RestartStrategies.fixedDelayRestart(2, DELAY)));
    assertThat(environment.getConfiguration().get(RestOptions.ADDRESS), is("here"));
    assertThat(environment.getConfiguration().get(RestOptions.PORT), is(1234));

    Files.writeString(
        folder.resolve("flink-conf.yaml"), "rest.port: 99\nrestart-strategy.type: none\n");
    FlinkContext.connect("there", folder.toString(), List.of()).restart(2, DELAY);
    ExecutionEnvironment other = ExecutionEnvironment.getExecutionEnvironment();
    assertThat(other.getRestartStrategy(), is(RestartStrategies.noRestart()));
    assertThat(other.getConfiguration().get(RestOptions.ADDRESS), is("there"));
    assertThat(other.getConfiguration().get(RestOptions.PORT), is(99));
    assertThat(started().isConnected(), is(false));
  }

  @Test
  void noJobManagerIsEndedWithTheProgram() {
    assertThat(started(TARGET, "remote").isInJobManager(), is(false));
    assertThat(started(TARGET, "embedded").isInJobManager(), is(true));
    assertThat(
        assertThrows(IllegalStateException.class, () -> Ending.with(2)).getMessage(),
        is("Sluice ended with the exit code 2; the log has the reason"));
  }
}
