/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import java.util.List;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uses stand-ins for the runners, of which only names and options matter. */
class WorkerSlotsTest {
  private static final List<String> OF_SPARK =
      List.of(
          "spark.master",
          "spark.executor.instances",
          "spark.executor.cores",
          "spark.cores.max",
          "spark.dynamicAllocation.enabled");

  /** The options of two runners, with their names and types. */
  public interface RunnersOptions extends PipelineOptions {
    @Default.String("[auto]")
    String getFlinkMaster();

    void setFlinkMaster(String value);

    @Default.Integer(-1)
    Integer getParallelism();

    void setParallelism(Integer value);

    @Default.String("local[4]")
    String getSparkMaster();

    void setSparkMaster(String value);
  }

  private abstract static class StandIn extends PipelineRunner<PipelineResult> {
    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException("no runner");
    }
  }

  private static final class FlinkRunner extends StandIn {}

  private static final class SparkRunner extends StandIn {}

  @BeforeAll
  static void register() {
    PipelineOptionsFactory.register(RunnersOptions.class);
  }

  @AfterEach
  void clear() {
    OF_SPARK.forEach(System::clearProperty);
  }

  private static RunnersOptions options(Class<? extends PipelineRunner<?>> runner) {
    RunnersOptions options = PipelineOptionsFactory.as(RunnersOptions.class);
    options.setRunner(runner);
    return options;
  }

  private static int slots(PipelineOptions options, @Nullable Integer given) {
    OptionErrors problems = new OptionErrors();
    int slots = WorkerSlots.of(options, given, problems);
    problems.throwIfAny();
    return slots;
  }

  private static void mustAskForWorkers(PipelineOptions options) {
    assertThat(
        assertThrows(UsageException.class, () -> slots(options, null)).problems(),
        contains(startsWith("--workers is missing: on a cluster the rate is divided over")));
  }

  @Test
  void aRunnerInThisJvmNeedsNone() {
    assertThat(slots(options(DirectRunner.class), null), is(0));
    RunnersOptions flink = options(FlinkRunner.class);
    flink.setFlinkMaster("[local]");
    assertThat(slots(flink, null), is(0));
    flink.setFlinkMaster("[collection]");
    assertThat(slots(flink, null), is(0));
    // Flink's client has not started this program.
    flink.setFlinkMaster("[auto]");
    assertThat(slots(flink, null), is(0));
    RunnersOptions spark = options(SparkRunner.class);
    assertThat(slots(spark, null), is(0));
    spark.setSparkMaster("local");
    assertThat(slots(spark, null), is(0));
  }

  @Test
  void whatIsGivenCountsOnEveryRunner() {
    assertThat(slots(options(DirectRunner.class), 3), is(3));
    assertThat(slots(options(FlinkRunner.class), 3), is(3));
    assertThat(
        assertThrows(UsageException.class, () -> slots(options(DirectRunner.class), 0)).problems(),
        contains("--workers=0 must be 1 or more"));
  }

  @Test
  void aFlinkClusterHasItsParallelism() {
    RunnersOptions flink = options(FlinkRunner.class);
    flink.setFlinkMaster("jobs.example:8081");
    mustAskForWorkers(flink);
    flink.setParallelism(6);
    assertThat(slots(flink, null), is(6));
  }

  @Test
  void aSparkClusterHasExecutorsOfSoManyCores() {
    RunnersOptions spark = options(SparkRunner.class);
    spark.setSparkMaster("spark://jobs.example:7077");
    mustAskForWorkers(spark);
    System.setProperty("spark.executor.instances", "3");
    mustAskForWorkers(spark);
    System.setProperty("spark.executor.cores", "4");
    assertThat(slots(spark, null), is(12));
    System.setProperty("spark.dynamicAllocation.enabled", "true");
    mustAskForWorkers(spark);
  }

  @Test
  void aSparkClusterMayHaveAMostOfCores() {
    RunnersOptions spark = options(SparkRunner.class);
    spark.setSparkMaster("spark://jobs.example:7077");
    System.setProperty("spark.cores.max", "5");
    assertThat(slots(spark, null), is(5));
  }

  @Test
  void sparkSubmitsMasterComesBeforeTheOption() {
    System.setProperty("spark.master", "yarn");
    mustAskForWorkers(options(SparkRunner.class));
    System.setProperty("spark.master", "local-cluster[2,1,1024]");
    mustAskForWorkers(options(SparkRunner.class));
    System.setProperty("spark.master", "local[2]");
    RunnersOptions spark = options(SparkRunner.class);
    spark.setSparkMaster("yarn");
    assertThat(slots(spark, null), is(0));
  }
}
