/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.input.SourceOptions;
import io.sluice.pipelines.verify.VerifyOptions;
import io.sluice.pipelines.verify.VerifyPipeline;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The summary of a job that is complete except for its report, which cannot be written in the end.
 */
@Timeout(120)
class FailingReportTest {
  private final Printed printed = new Printed();

  @TempDir Path folder;

  @Test
  void ofAnImport() throws IOException {
    ImportOptions options = reading(ImportOptions.class, "id,a\n1,2\n,3\n");
    options.setMaxRejects(1);
    JobException e = fails(options, () -> ImportPipeline.run(options, printed.console()));
    assertThat(
        e.getMessage(),
        allOf(
            containsString("the job failed: "),
            containsString("at least 1 item was written to " + options.getTable())));
    assertThat(printed.out(), matchesPattern("(?s).*read +2\n.*written +1 .*"));
  }

  @Test
  void ofADryRun() throws IOException {
    ImportOptions options = reading(ImportOptions.class, "id,a\n1,2\n,3\n");
    options.setMaxRejects(1);
    options.setDryRun(true);
    fails(options, () -> ImportPipeline.run(options, printed.console()));
    assertThat(printed.out(), matchesPattern("(?s).*read +2\n.*writable +1 .*"));
  }

  @Test
  void ofAVerification() throws IOException {
    VerifyOptions options = reading(VerifyOptions.class, "id,a\n,3\n");
    fails(options, () -> VerifyPipeline.run(options, printed.console()));
    assertThat(printed.out(), matchesPattern("(?s).*read +1\n.*rejected +1 .*"));
  }

  @Test
  void ofAnExport() {
    ExportOptions options = OneWorker.options(ExportOptions.class);
    options.setTable("t-" + UUID.randomUUID());
    // The export makes a folder at the same path.
    options.setOutput(folder.resolve("place").toString());
    options.setReport(List.of(options.getOutput()));
    options.setReadRatio(1.0);
    fails(options, options.getTable(), () -> ExportPipeline.run(options, printed.console()));
    assertThat(printed.out(), matchesPattern("(?s).*read +0\n.*"));
  }

  private <T extends SourceOptions> T reading(Class<T> type, String csv) throws IOException {
    T options = OneWorker.options(type);
    Path input = Files.writeString(folder.resolve("in.csv"), csv);
    options.setInput(List.of(input.toString()));
    options.setTable("t-" + UUID.randomUUID());
    // Neither exists at the start; the rejections make a folder at the same path.
    options.setRejects(folder.resolve("place").toString());
    options.setReport(List.of(options.getRejects()));
    return options;
  }

  private <T extends SourceOptions> JobException fails(T options, Executable job) {
    return fails(options, options.getTable(), job);
  }

  private JobException fails(SluiceOptions options, String table, Executable job) {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of(table, "id:S")))) {
      options.setLocal(true);
      options.setDynamodbEndpoint(db.endpoint().toString());
      return assertThrows(JobException.class, job);
    }
  }
}
