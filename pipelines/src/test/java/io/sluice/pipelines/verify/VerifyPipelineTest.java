/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.RunnerOptions;
import io.sluice.pipelines.table.ReadBudgetPlan;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** How fast a verification may read. */
class VerifyPipelineTest {

  /** A stand-in, by its name, for the runner of a cluster whose slots are unknown. */
  private static final class FlinkRunner extends PipelineRunner<PipelineResult> {
    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException("no runner");
    }
  }

  private static VerifyOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).as(VerifyOptions.class);
  }

  private static ReadBudgetPlan budget(VerifyOptions options) {
    OptionErrors problems = new OptionErrors();
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    problems.throwIfAny();
    return budget;
  }

  private static List<String> problems(VerifyOptions options) {
    return assertThrows(UsageException.class, () -> budget(options)).problems();
  }

  @Test
  void everyOneHasARate() {
    assertThat(budget(options()), is(new ReadBudgetPlan(Budget.ofRatio(0.25), OnDemandUnits.NONE)));
    assertThat(
        budget(options("--readRatio=0.5", "--workers=8", "--onDemandReadUnits=40000")),
        is(
            new ReadBudgetPlan(
                Budget.ofRatio(0.5).withWorkers(8), new OnDemandUnits(40_000.0, null))));
  }

  @Test
  void everyOneMustKnowTheSlotsOfACluster() {
    VerifyOptions options = options();
    options.setRunner(FlinkRunner.class);
    // Another test of this JVM may have registered the option, with a default.
    RunnerOptions.set(options, "setFlinkMaster", "jobs.example:8081");
    assertThat(problems(options), contains(startsWith("--workers is missing: on a cluster")));
  }
}
