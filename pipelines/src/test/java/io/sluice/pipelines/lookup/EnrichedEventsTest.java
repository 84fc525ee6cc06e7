/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a lookup adds to events from the items that it finds. */
@Timeout(180)
class EnrichedEventsTest {
  @TempDir Path folder;
  private final ProductLookup products = new ProductLookup();

  private Path out() {
    return folder.resolve("out");
  }

  @Test
  void jsonIsEnrichedBehindItsLastMember() throws Exception {
    products.create();
    Path file =
        Files.writeString(
            folder.resolve("events.json"),
            "{\"id\":\"p2\" } \r\n{\"id\":\"p3\",\"a\":{}}\n{\"id\":\"p4\",\"a\":{}}");
    assertThat(
        products.run(
            "--input=" + file,
            "--lookupKey=id",
            "--enrich=title,cost=price,tags,missing",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        ProductLookup.contents(out()),
        is(
            """
            {"id":"p2" ,"title":"Nº \\"2\\", new","cost":2.5,"tags":["a","b"]} \r
            {"id":"p3","a":{}}
            {"id":"p4","a":{},"title":"Nº \\"4\\", new","cost":4.5,"tags":["a","b"]}"""));
  }

  @Test
  void csvIsEnrichedByColumns() throws Exception {
    products.create();
    Path file = Files.writeString(folder.resolve("e.tsv"), "n\tid\n1\tp2\n2\tp3\n3\tp4\n4\tp4\t\n");
    Printed printed = new Printed();
    assertThat(
        products.run(
            printed,
            "--input=" + file,
            "--lookupKey=id",
            "--enrich=title,tags,price",
            "--maxRejects=1",
            "--rejects=" + folder.resolve("rejects"),
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        ProductLookup.contents(out()),
        is(
            "n\tid\ttitle\ttags\tprice\n"
                + "1\tp2\t\"Nº \"\"2\"\", new\"\t\"[\"\"a\"\",\"\"b\"\"]\"\t2.5\n"
                + "2\tp3\t\t\t\n"
                + "3\tp4\t\"Nº \"\"4\"\", new\"\t\"[\"\"a\"\",\"\"b\"\"]\"\t4.5\n"));
    assertThat(
        printed.out(),
        containsString("the record has more fields than the header, so no column can be added"));
    assertThat(printed.lines(), hasItem(matchesPattern(" *enriched +2")));
    assertThat(printed.lines(), hasItem(matchesPattern(" *kept +3  .*")));
  }
}
