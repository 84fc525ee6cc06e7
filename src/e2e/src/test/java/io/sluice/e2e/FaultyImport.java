/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Imports into a DynamoDB that fails in many ways, each of a part of the requests. */
final class FaultyImport implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE = "faulty";
  private static final double SHARE = 0.05;

  private final DynamoDbProcess endpoint =
      DynamoDbProcess.start(
          // More than a laptop sends: the faults are the limit, and not the rate.
          EndpointSettings.of(TableSettings.of(TABLE, "id:S").withProvisioned(1_000_000, 1_000_000))
              .withTrickleMillis(200));

  void reset() {
    endpoint.reset();
  }

  @Override
  public void close() {
    endpoint.close();
  }

  private static Faults faults(double hangingShare) {
    Faults faults = Faults.none().of("BatchWriteItem");
    for (Fault fault : Fault.values()) {
      faults = faults.with(fault, isHang(fault) ? hangingShare : SHARE);
    }
    return faults;
  }

  static boolean isHang(Fault fault) {
    return fault == Fault.HANG_BEFORE || fault == Fault.HANG_AFTER;
  }

  /**
   * Imports, and compares report and rejections and table with what must be; the books.
   *
   * @param hangingShare of the requests that get no answer, for each of the two ways of that
   */
  Books run(Path folder, String profile, Records records, double hangingShare, String... more)
      throws IOException {
    endpoint.change(endpoint.settings().withFaults(faults(hangingShare)));
    Path report = folder.resolve("report.json");
    Path rejects = folder.resolve("rejects");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=import",
                "--local",
                "--dynamodbEndpoint=" + endpoint.endpoint(),
                "--input=" + records.file(),
                Records.COLUMNS,
                "--table=" + TABLE,
                "--writeRatio=1",
                "--maxRejects=100000",
                "--rejects=" + rejects,
                "--report=" + report));
    arguments.addAll(List.of(more));
    Program program = Program.startJar(profile, arguments).mustExitWith(0);

    Books books = endpoint.books();
    assertThat(books.itemsStored(), is(records.items()));
    JsonNode told = JSON.readTree(report.toFile());
    JsonNode counts = told.get("counts");
    assertThat(counts.get("read").asLong(), is(records.read()));
    assertThat(counts.get("skipped").asLong(), is(records.skipped()));
    assertThat(counts.get("duplicates").asLong(), is(records.duplicates()));
    assertThat(counts.get("written").asLong(), is(records.items()));
    assertThat(counts.get("withheld").asLong(), is(0L));
    assertThat(
        counts.get("rejected").asLong(),
        is(records.rejections().values().stream().mapToLong(Long::longValue).sum()));
    assertThat(
        counts.get("read").asLong(),
        is(
            counts.get("written").asLong()
                + counts.get("duplicates").asLong()
                + counts.get("rejected").asLong()
                + counts.get("skipped").asLong()));
    Map<String, Long> reasons = new TreeMap<>();
    told.get("rejections")
        .properties()
        .forEach(e -> reasons.put(e.getKey(), e.getValue().asLong()));
    assertThat(reasons, is(records.rejections()));
    assertThat(reasonsIn(rejects), is(records.rejections()));

    String all = program.output() + program.errors();
    assertThat(all, not(containsString("\tat ")));
    assertThat(all, not(containsString(Records.SECRET)));
    return books;
  }

  /** The rejections that were written, by reason. */
  private static Map<String, Long> reasonsIn(Path folder) throws IOException {
    Map<String, Long> reasons = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode rejection = JSON.readTree(line);
          if (!rejection.has("columns")) {
            reasons.merge(rejection.get("reason").asText(), 1L, Long::sum);
          }
        }
      }
    }
    return reasons;
  }
}
