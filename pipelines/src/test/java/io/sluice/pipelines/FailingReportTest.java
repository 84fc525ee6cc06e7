/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testing.endpoint.EndpointSettings;
import io.sluice.testing.endpoint.SimulatedDynamoDb;
import io.sluice.testing.endpoint.SimulatedTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A report that cannot be written after all, when the items are. */
@Timeout(120)
class FailingReportTest {
  @TempDir Path folder;

  @Test
  void theSummaryIsPrintedAllTheSame() throws IOException {
    String table = "t-" + UUID.randomUUID();
    // Neither is there at the start; the rejections make a folder of it.
    String place = folder.resolve("place").toString();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (SimulatedDynamoDb db =
        SimulatedDynamoDb.start(EndpointSettings.of(SimulatedTable.of(table, "id:S")))) {
      ImportOptions options = PipelineOptionsFactory.as(ImportOptions.class);
      options.setLocal(true);
      options.setDynamodbEndpoint(db.endpoint().toString());
      Path input = Files.writeString(folder.resolve("in.csv"), "id,a\n1,2\n,3\n");
      options.setInput(List.of(input.toString()));
      options.setTable(table);
      options.setMaxRejects(1);
      options.setRejects(place);
      options.setReport(place);
      System.setOut(new PrintStream(printed, true, UTF_8));
      JobException e = assertThrows(JobException.class, () -> ImportPipeline.run(options));
      assertThat(
          e.getMessage(),
          allOf(
              containsString("the job failed: "),
              containsString("at least 1 items were written to " + table)));
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(UTF_8), matchesPattern("(?s).*read +2\n.*written +1 .*"));
  }
}
