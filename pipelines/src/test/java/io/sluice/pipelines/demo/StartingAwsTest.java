/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingAwsTest {
  private static final String PRINTED =
      """
      DynamoDB  http://localhost:4001
      S3        http://localhost:4002   (buckets: sluice)
      data      in memory
      """;

  @TempDir private Path folder;

  @Test
  void theEndpointsAreTakenWhenItIsReady() throws Exception {
    Path printed = Files.writeString(folder.resolve("printed"), PRINTED);
    DemoOptions options = PipelineOptionsFactory.as(DemoOptions.class);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> new StartingAws(printed).await(options));
    Files.writeString(printed, "Ready in 0.5 s; Ctrl-C stops it.\n", StandardOpenOption.APPEND);
    waiting.get();
    assertThat(options.getDynamodbEndpoint(), is("http://localhost:4001"));
    assertThat(options.getS3Endpoint(), is("http://localhost:4002"));
  }

  @Test
  void oneThatEndsIsReportedWithWhatItPrinted() throws IOException {
    Path printed = Files.writeString(folder.resolve("printed"), "no memory is left\nEnded\n");
    DemoOptions options = PipelineOptionsFactory.as(DemoOptions.class);
    JobException failure =
        assertThrows(JobException.class, () -> new StartingAws(printed).await(options));
    assertThat(failure.getMessage(), is("the embedded AWS did not start: no memory is left"));
  }
}
