/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPlan;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.verify.VerifyOptions;
import io.sluice.pipelines.verify.VerifyVerb;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uses a stand-in for Flink's runner, of which only the name and options matter. */
class DetachedPlanTest {

  /** Options of Flink's runner, with their names and types. */
  public interface FlinkOptions extends PipelineOptions {
    @Default.String("[auto]")
    String getFlinkMaster();

    void setFlinkMaster(String value);

    @Default.Boolean(true)
    Boolean getAttachedMode();

    void setAttachedMode(Boolean value);
  }

  private static final class FlinkRunner extends PipelineRunner<PipelineResult> {
    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException("no runner");
    }
  }

  @BeforeAll
  static void register() {
    PipelineOptionsFactory.register(FlinkOptions.class);
  }

  private static <O extends PipelineOptions> O options(
      Class<O> type, boolean attached, String... arguments) {
    String[] all =
        Stream.concat(Stream.of("--table=trips", "--workers=2"), Stream.of(arguments))
            .toArray(String[]::new);
    PipelineOptions options = PipelineOptionsFactory.fromArgs(all).as(type);
    options.setRunner(FlinkRunner.class);
    options.as(FlinkOptions.class).setFlinkMaster("jobs.example:8081");
    options.as(FlinkOptions.class).setAttachedMode(attached);
    return options.as(type);
  }

  private static void importPlan(boolean attached, String... arguments) {
    String[] all =
        Stream.concat(Stream.of("--input=a.csv"), Stream.of(arguments)).toArray(String[]::new);
    ImportPlan.of(options(ImportOptions.class, attached, all));
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(UsageException.class, () -> importPlan(false, arguments)).problems();
  }

  @Test
  void whoWaitsForTheJobMayAskForAll() {
    importPlan(true, "--deadline=1h");
    importPlan(true, "--dryRun");
  }

  @Test
  void anImportGoesAlone() {
    importPlan(false);
    importPlan(false, "--terminateAfter=1h", "--onSuccess=DELETE");
    importPlan(false, "--dryRun", "--report=s3://b/report.json");
  }

  @Test
  void whatTheProgramWouldDoWithAResultIsRefused() {
    assertThat(
        problems("--deadline=1h"),
        contains(startsWith("--deadline does not go with a detached submission: it ")));
    assertThat(
        problems("--raiseCapacity=5000"),
        contains(
            "--raiseCapacity does not go with a detached submission: nothing waits to put it"
                + " back"));
    assertThat(
        problems("--dryRun"),
        contains(startsWith("--dryRun needs --report where the submission is detached: ")));
    ExportOptions describing = options(ExportOptions.class, false, "--describeSchema");
    assertThat(
        assertThrows(UsageException.class, () -> ExportPlan.of(describing)).problems(),
        contains(startsWith("--describeSchema needs --report where the submission is detached")));
    VerifyOptions repairing = options(VerifyOptions.class, false, "--input=a.csv", "--repair");
    assertThat(
        assertThrows(UsageException.class, () -> new VerifyVerb().check(repairing)).problems(),
        contains(startsWith("--repair does not go with a detached submission: a second job ")));
    ExportPlan.of(
        options(ExportOptions.class, false, "--describeSchema", "--report=s3://b/report.json"));
  }

  @Test
  void anEngineInThisJvmIsNeverDetached() {
    ImportOptions options = options(ImportOptions.class, false, "--input=a.csv");
    assertThat(ClusterEngine.isDetached(options), is(true));
    options.as(FlinkOptions.class).setFlinkMaster("[local]");
    assertThat(ClusterEngine.isDetached(options), is(false));
    options.as(FlinkOptions.class).setFlinkMaster("[auto]");
    assertThat(ClusterEngine.isDetached(options), is(false));
  }
}
