/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An import into a DynamoDB that fails in every way that it has: of each way a part of the
 * requests, which together is more than half. By the endpoint's own books, each item is there.
 */
class WriteFaultsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE = "faulty";
  private static final double SHARE = 0.05;

  /**
   * Of each kind of request without an answer, after which the client gives up in 10 s. With {@code
   * -Dsluice.hangingShare=0.05} it is as many as of the other faults, and seven minutes for each
   * runner, of which nothing else would come than of a tenth.
   */
  private static final double HANGING_SHARE =
      Double.parseDouble(System.getProperty("sluice.hangingShare", "0.005"));

  private static DynamoDbProcess endpoint;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    endpoint =
        DynamoDbProcess.start(
            // More than a laptop sends: the faults are the limit, and not the rate.
            EndpointSettings.of(
                    TableSettings.of(TABLE, "id:S").withProvisioned(1_000_000, 1_000_000))
                .withTrickleMillis(200));
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @BeforeEach
  void reset() {
    endpoint.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void everyItemArrivesWhateverGoesWrong(String profile) throws IOException {
    Records records = Records.write(folder.resolve("records.csv"), 200_000, true);
    // The end of each bundle waits for its slowest requests: so few bundles.
    Books books = importAll(profile, records, faults(HANGING_SHARE), "--shards=1");
    for (Fault fault : Fault.values()) {
      assertThat(
          fault + " in " + books, books.faults(fault), greaterThan(isHang(fault) ? 24L : 400L));
    }
    assertThat(books.requests("BatchWriteItem", "ValidationException"), greaterThan(0L));
  }

  /**
   * DynamoDBIO waits for each batch before the next, and an item that DynamoDB refuses fails the
   * job: so it has less to write, no such item, and an answer to each request; and more threads
   * than a laptop has, for it pauses for 5 s and more.
   */
  @ParameterizedTest
  @CsvSource({
    "direct, --targetParallelism=8",
    "flink, --parallelism=8",
    "spark, --sparkMaster=local[8]"
  })
  void everyItemArrivesByDynamoDbIoToo(String profile, String threads) throws IOException {
    Records records = Records.write(folder.resolve("records.csv"), 20_000, false);
    Books books = importAll(profile, records, faults(0), "--writeEngine=dynamodbio", threads);
    for (Fault fault : Fault.values()) {
      assertThat(fault + " in " + books, books.faults(fault) > 24, is(!isHang(fault)));
    }
  }

  private static Faults faults(double hangingShare) {
    Faults faults = Faults.none().of("BatchWriteItem");
    for (Fault fault : Fault.values()) {
      faults = faults.with(fault, isHang(fault) ? hangingShare : SHARE);
    }
    return faults;
  }

  private static boolean isHang(Fault fault) {
    return fault == Fault.HANG_BEFORE || fault == Fault.HANG_AFTER;
  }

  /** Imports, and compares report and rejections and table with what must be; the books. */
  private Books importAll(String profile, Records records, Faults faults, String... more)
      throws IOException {
    endpoint.change(endpoint.settings().withFaults(faults));
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
