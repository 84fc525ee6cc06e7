/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a table of which DynamoDB did not tell everything. */
@Timeout(180)
class PartlyRecordedTableTest {
  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          EndpointSettings.of(TableSettings.of("source", "id:S"))
              .withGenerated(new GeneratedItems(10, 100))
              .withFaults(
                  Faults.none()
                      .with(Fault.INTERNAL_ERROR, 1)
                      .of("DescribeTimeToLive", "ListTagsOfResource")));

  @TempDir Path folder;

  @AfterEach
  void close() {
    db.close();
  }

  private <T extends SluiceOptions> T options(Class<T> type) {
    T options = OneWorker.options(type);
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    return options;
  }

  @Test
  void theExportGoesOnAndTheImportSaysWhatIsLacking() {
    ExportOptions export = options(ExportOptions.class);
    export.setTable("source");
    export.setOutput(folder.toString());
    Printed exported = new Printed();
    assertThat(ExportPipeline.run(export, exported.console()), is(ExitCode.OK));
    assertThat(
        exported.errors().toString(),
        allOf(
            containsString("not restored by an import: the time to live of source: Internal"),
            containsString("not restored by an import: the tags of source: Internal")));

    db.setFaults(Faults.none());
    ImportOptions options = options(ImportOptions.class);
    options.setTable("copy");
    options.setInput(List.of(folder + "/**"));
    options.setCreateTable("FROM_SNAPSHOT");
    Printed imported = new Printed();
    assertThat(ImportPipeline.run(options, imported.console()), is(ExitCode.OK));
    assertThat(
        imported.errors().toString(),
        containsString("does not record its time to live and its tags: copy is created without"));
  }
}
