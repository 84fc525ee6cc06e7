/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run of a lookup tells of how the table is read. */
@Timeout(180)
class DryRunLookupTest {
  @TempDir Path folder;
  private final ProductLookup products = new ProductLookup();

  @Test
  void aDryRunReadsAndCountsAndWritesNothing() throws Exception {
    products.create();
    Path file = Files.writeString(folder.resolve("e.json"), "{\"id\":\"p2\"}\n{\"id\":\"p3\"}\n");
    Path out = folder.resolve("out");
    Printed printed = new Printed();
    assertThat(
        products.run(
            printed,
            "--input=" + file,
            "--lookupKey=id",
            "--lookupBy=KEYS",
            "--where=PRESENT",
            "--dryRun",
            "--output=" + out),
        is(ExitCode.OK));
    assertThat(printed.lines(), hasItem(matchesPattern(" *kept +1  a dry run writes nothing")));
    assertThat(
        printed.lines(),
        hasItem(matchesPattern(" *keys read +2  1 of them found, for 1.0 read units")));
    assertThat(Files.exists(out), is(false));
  }

  @Test
  void aTableIsScannedWhereThatCostsLess() throws Exception {
    products.create();
    Path one = Files.writeString(folder.resolve("one.json"), "{\"id\":\"p2\"}\n");
    String two = "{\"id\":\"p2\"}\n{\"id\":\"p3\"}\n";
    Path many = Files.writeString(folder.resolve("many.json"), two.repeat(500));
    assertThat(choice(one), startsWith("KEYS: about "));
    assertThat(choice(many), startsWith("SCAN: about "));
    assertThat(choice(many), endsWith(" read units by a scan, up to 125.0 by keys"));
  }

  private String choice(Path events) throws IOException {
    Path report = folder.resolve("report.json");
    assertThat(
        products.run(
            "--input=" + events,
            "--lookupKey=id",
            "--where=PRESENT",
            "--dryRun",
            "--report=" + report),
        is(ExitCode.OK));
    return new ObjectMapper().readTree(report.toFile()).at("/job/lookupBy").asText();
  }
}
