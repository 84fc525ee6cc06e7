/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import that is killed while it writes, and goes on with another runner. */
class ResumedImportIT {
  private static final int ROWS = 12_000;
  private static final int SHARDS = 60;
  private static final int OF_A_BUCKET = 120;

  /** Of Flink and Spark embedded, on two cores. */
  private static final int WORKERS = 2;

  @TempDir Path folder;

  private Program start(String profile, DynamoDbProcess endpoint) {
    return Program.startJar(
        profile,
        List.of(
            "--pipeline=import",
            "--local",
            "--dynamodbEndpoint=" + endpoint.endpoint(),
            "--table=resumed",
            "--input=" + folder.resolve("in.csv"),
            "--report=" + folder.resolve("report.json"),
            "--writeRatio=1",
            "--shards=" + SHARDS,
            "--checkpoints=" + folder.resolve("kept")));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("kept"))) {
      return all.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void eachRunnerGoesOnWithWhatAnotherHasWritten() throws IOException {
    StringBuilder csv = new StringBuilder("id,n\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append("row-").append(row).append(',').append(row).append('\n');
    }
    Files.writeString(folder.resolve("in.csv"), csv);
    try (DynamoDbProcess endpoint =
        DynamoDbProcess.start(
            EndpointSettings.of(TableSettings.of("resumed", "id:S").withProvisioned(100_000, 5)),
            folder.resolve("dynamodb"))) {
      EndpointSettings settings = endpoint.settings();
      endpoint.change(settings.withThroughput(settings.throughput().withWrite(800)));
      for (String profile : List.of("spark", "flink")) {
        long wanted = endpoint.books().itemsAccepted() + ROWS / 3;
        Program killed = start(profile, endpoint);
        killed.await(() -> endpoint.books().itemsAccepted() >= wanted);
        assertThat(killed.errors(), killed.isRunning(), is(true));
        killed.kill();
        assertThat(profile, kept().size(), is(greaterThan(0)));
      }
      long before = endpoint.books().itemsAccepted();
      endpoint.change(settings);
      Program last = start("direct", endpoint).mustExitWith(0);
      assertThat(last.errors(), containsString("going on with an import that has written "));

      JsonNode counts =
          new ObjectMapper().readTree(folder.resolve("report.json").toFile()).get("counts");
      long earlier = counts.get("earlier").asLong();
      assertThat(earlier, is(greaterThan(0L)));
      assertThat(counts.get("written").asLong(), is(ROWS - earlier));
      assertThat(endpoint.books().itemsAccepted() - before, is(ROWS - earlier));
      assertThat(endpoint.books().itemsStored(), is((long) ROWS));
      assertThat(
          "at each kill two buckets of each worker, and one while a mark is written",
          before - earlier,
          is(lessThanOrEqualTo(2L * WORKERS * 3 * OF_A_BUCKET)));
      assertThat(kept(), is(empty()));
      System.out.printf("%d items written twice%n%s", before - earlier, last.output());
    }
  }
}
