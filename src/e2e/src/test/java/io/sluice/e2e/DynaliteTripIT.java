/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.localaws.contract.Dynalite;
import io.sluice.localaws.contract.NpmPackages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole import, verification and export with dynalite, a server that somebody else wrote: not
 * only our own server must take what Sluice sends.
 */
class DynaliteTripIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE = "trip";

  private static Dynalite dynalite;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    try {
      dynalite = Dynalite.start(Path.of("target", "dynalite"));
    } catch (NpmPackages.NotHere e) {
      abort("Nothing is imported into dynalite: " + e.getMessage() + ".");
    }
  }

  @AfterAll
  static void stop() {
    if (dynalite != null) {
      dynalite.close();
    }
  }

  @Test
  void whatIsImportedIsThereAndIsExported() throws IOException {
    // So few that none of them is wrong: a verification counts those as different.
    Records records = Records.write(folder.resolve("records.csv"), 900, false);
    assertThat(records.rejections(), is(Map.of()));
    String input = "--input=" + records.file();
    Path report = folder.resolve("report.json");
    run(
        "import",
        input,
        Records.COLUMNS,
        "--createTable=ON_DEMAND",
        "--partitionKey=id:S",
        "--report=" + report);
    JsonNode counts = JSON.readTree(report.toFile()).get("counts");
    assertThat(counts.get("written").asLong(), is(records.items()));

    run("verify", input, Records.COLUMNS, "--full");

    Path exports = folder.resolve("exports");
    run("export", "--output=" + exports);
    assertThat(Snapshots.query(exports, "select count(*) from " + TABLE), is("" + records.items()));
    run("verify", "--input=" + exports.resolve("snapshots_" + TABLE) + "/*/*.parquet", "--full");
  }

  private static void run(String verb, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--dynamodbEndpoint=" + dynalite.uri(),
                "--table=" + TABLE));
    all.addAll(List.of(arguments));
    Program.startJar("direct", all).mustExitWith(0);
  }
}
