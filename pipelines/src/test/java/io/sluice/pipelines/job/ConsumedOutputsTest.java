/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.diff.DiffOptions;
import io.sluice.pipelines.diff.DiffVerb;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.verify.VerifyOptions;
import io.sluice.pipelines.verify.VerifyPipeline;
import io.sluice.testing.LocalAws;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that every additional output of every step is consumed, in the pipelines of all verbs:
 * Beam's SparkRunner fails on an element of an output that nothing consumes, unless its storage
 * level is MEMORY_ONLY.
 */
class ConsumedOutputsTest {
  @TempDir Path folder;

  /** Checks our own steps; Beam's emit nothing that Beam does not consume. */
  private static final class LookingRunner extends PipelineRunner<PipelineResult> {
    private static int multipleOutputs;
    private static Set<String> unconsumed = new TreeSet<>();

    /** Beam creates a runner through this method. */
    @SuppressWarnings({"unused", "UnusedMethod"})
    public static LookingRunner fromOptions(PipelineOptions options) {
      return new LookingRunner();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      Map<PValue, String> outputs = new HashMap<>();
      Set<PValue> inputs = new HashSet<>();
      pipeline.traverseTopologically(
          new Pipeline.PipelineVisitor.Defaults() {
            @Override
            public void visitPrimitiveTransform(TransformHierarchy.Node node) {
              inputs.addAll(node.getInputs().values());
              if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> step
                  && node.getOutputs().size() > 1
                  && step.getFn().getClass().getName().startsWith("io.sluice.")) {
                for (TupleTag<?> tag : step.getAdditionalOutputTags().getAll()) {
                  outputs.put(node.getOutputs().get(tag), node.getFullName() + ": " + tag.getId());
                }
              }
            }
          });
      multipleOutputs = outputs.size();
      outputs.keySet().removeAll(inputs);
      unconsumed = new TreeSet<>(outputs.values());
      throw new IllegalStateException("not run");
    }
  }

  private void look(Class<? extends SluiceOptions> type, List<String> arguments)
      throws IOException {
    Path input = folder.resolve("in.csv");
    Files.writeString(input, "id,a\n1,2\n");
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:S")))) {
      SluiceOptions options =
          PipelineOptionsFactory.fromArgs(
                  arguments.stream()
                      .map(argument -> argument.replace("IN", input.toString()))
                      .map(argument -> argument.replace("F/", folder + "/"))
                      .map(argument -> argument.replace("BUCKET", LocalAws.shared().bucket()))
                      .toArray(String[]::new))
              .as(type);
      options.setLocal(true);
      options.setDynamodbEndpoint(db.endpoint().toString());
      options.setS3Endpoint(LocalAws.shared().s3Endpoint().toString());
      options.setRunner(LookingRunner.class);
      LookingRunner.multipleOutputs = -1;
      assertThrows(
          JobException.class,
          () -> {
            if (options instanceof ImportOptions imports) {
              ImportPipeline.run(imports, Printed.unread());
            } else if (options instanceof VerifyOptions verification) {
              VerifyPipeline.run(verification, Printed.unread());
            } else if (options instanceof DiffOptions comparison) {
              new DiffVerb().run(comparison, Printed.unread());
            } else {
              ExportPipeline.run(options.as(ExportOptions.class), Printed.unread());
            }
          });
    }
    assertThat(LookingRunner.unconsumed, empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--rejects=F/rejects",
        "--dryRun",
        "--dryRun --rejects=F/rejects",
        "--deadline=1h",
        "--onSuccess=DELETE",
        "--writeEngine=dynamodbio",
        "--writeEngine=bulk --staging=s3://BUCKET/s",
        "--dedupe=NONE"
      })
  void ofImports(String more) throws IOException {
    look(ImportOptions.class, arguments("--input=IN --table=trips " + more));
    assertThat(LookingRunner.multipleOutputs, greaterThan(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--full", "--rejects=F/rejects", "--full --rejects=F/rejects"})
  void ofVerifications(String more) throws IOException {
    look(VerifyOptions.class, arguments("--input=IN --table=trips " + more));
    assertThat(LookingRunner.multipleOutputs, greaterThan(3));
  }

  @Test
  void ofExports() throws IOException {
    look(ExportOptions.class, arguments("--table=trips --output=F/out"));
    look(ExportOptions.class, arguments("--table=trips --describeSchema"));
  }

  @Test
  void ofComparisons() throws IOException {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:S")))) {
      ExportOptions export =
          OneWorker.options(
              ExportOptions.class,
              "--local",
              "--dynamodbEndpoint=" + db.endpoint(),
              "--table=trips",
              "--output=" + folder.resolve("lake"));
      assertThat(ExportPipeline.run(export, Printed.unread()), is(ExitCode.OK));
    }
    String both = "--table=trips --from=F/lake --to=table";
    look(DiffOptions.class, arguments(both));
    assertThat(LookingRunner.multipleOutputs, greaterThan(1));
    look(DiffOptions.class, arguments(both + " --output=F/deltas"));
    assertThat(LookingRunner.multipleOutputs, greaterThan(2));
  }

  private static List<String> arguments(String line) {
    return List.of(line.strip().split(" +"));
  }
}
