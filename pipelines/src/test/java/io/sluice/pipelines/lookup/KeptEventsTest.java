/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which events a lookup keeps, compared with a plain filter, and how it writes them. */
@Timeout(180)
class KeptEventsTest {
  @TempDir Path folder;
  private final ProductLookup products = new ProductLookup();

  private Path out() {
    return folder.resolve("out");
  }

  private record Line(int id, String text) {}

  /** Events of all spellings that JSON has, with line ends of both kinds. */
  private List<Line> jsonLines(int count) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = products.id();
      String event =
          switch (i % 4) {
            case 0 -> "{\"n\":%d,\"product\":{\"id\":\"p%d\"}}\n";
            case 1 ->
                "{ \"product\" : {\"name\":{\"id\":\"p0\"}, \"id\":\"\\u0070%2$d\"} ,\"n\":%1$d }\r\n";
            case 2 ->
                "{\"product\":{\"id\":\"p%2$d\",\"x\":[{\"id\":1}]},\"n\":%1$d.00,\"ü\":\"ü\"}\n";
            default -> "  {\"id\":\"p1\",\"product\":{\"id\":\"p%2$d\"},\"n\":1e%1$d}  \n";
          };
      lines.add(new Line(id, event.formatted(i, id)));
    }
    return lines;
  }

  private static String text(List<Line> lines, Predicate<Line> which) {
    StringBuilder text = new StringBuilder();
    lines.stream().filter(which).forEach(line -> text.append(line.text()));
    return text.toString();
  }

  @Test
  void keepsWhatThePlainFilterKeepsByteForByte() throws Exception {
    products.create();
    List<Line> all = new ArrayList<>();
    Path in = Files.createDirectory(folder.resolve("in"));
    for (int file = 0; file < 3; file++) {
      List<Line> lines = jsonLines(5000);
      all.addAll(lines);
      try (OutputStream out =
          file == 1
              ? new GZIPOutputStream(Files.newOutputStream(in.resolve("1.jsonl.gz")))
              : Files.newOutputStream(in.resolve(file + ".jsonl"))) {
        out.write(text(lines, line -> true).getBytes(StandardCharsets.UTF_8));
        out.write("\n   \n".getBytes(StandardCharsets.UTF_8));
      }
    }
    Path report = folder.resolve("report.json");
    Printed printed = new Printed();
    int code =
        products.run(
            printed,
            "--input=" + in,
            "--lookupKey=product.id",
            "--lookupBy=KEYS",
            "--where=PRESENT",
            "--output=" + out(),
            "--report=" + report);
    assertThat(printed.errors(), is(empty()));
    assertThat(code, is(ExitCode.OK));
    assertThat(
        ProductLookup.contents(out()), is(text(all, line -> ProductLookup.isPresent(line.id()))));
    long kept = all.stream().filter(line -> ProductLookup.isPresent(line.id())).count();
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    JsonNode counts = told.path("counts");
    assertThat(counts.path("read").asLong(), is(all.size() + 6L));
    assertThat(counts.path("skipped").asLong(), is(6L));
    assertThat(counts.path("kept").asLong(), is(kept));
    assertThat(counts.path("dropped").asLong(), is(all.size() - kept));
    long distinct = all.stream().map(Line::id).distinct().count();
    JsonNode lookup = told.path("lookup");
    assertThat("each key is read once", lookup.path("keysRead").asLong(), is(distinct));
    assertThat("and costs half a unit", lookup.path("readUnits").asDouble(), is(distinct / 2.0));
    assertThat(ProductLookup.names(out()), everyItem(endsWith(".jsonl")));
    JsonNode manifest = new ObjectMapper().readTree(out().resolve("_manifest.json").toFile());
    assertThat(manifest.path("events").asLong(), is(kept));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(true));
    assertThat(Files.exists(out().resolve("_staging")), is(false));

    Path absent = folder.resolve("absent");
    code =
        products.run(
            "--input=" + in,
            "--lookupKey=product.id",
            "--lookupBy=SCAN",
            "--where=ABSENT",
            "--output=" + absent,
            "--report=" + report);
    assertThat(code, is(ExitCode.OK));
    assertThat(
        ProductLookup.contents(absent), is(text(all, line -> !ProductLookup.isPresent(line.id()))));
    lookup = new ObjectMapper().readTree(report.toFile()).path("lookup");
    assertThat(
        "the items of the table", lookup.path("keysRead").asLong(), is(ProductLookup.IDS / 2L));
    assertThat(lookup.path("readUnits").asDouble(), is(lessThan(6.0)));
  }

  @Test
  void csvKeepsItsHeaderAndItsQuotes() throws Exception {
    products.create();
    String header = "\uFEFFn,product id,note\r\n";
    StringBuilder in = new StringBuilder(header);
    StringBuilder expected = new StringBuilder(header);
    for (int i = 0; i < 2000; i++) {
      int id = products.id();
      String record = "%d,\"p%d\",\"two\nlines, \"\"%d\"\"\"\r\n".formatted(i, id, i);
      in.append(record);
      expected.append(ProductLookup.isPresent(id) ? record : "");
    }
    Path file = Files.writeString(folder.resolve("events.csv"), in);
    assertThat(
        products.run(
            "--input=" + file, "--lookupKey=product id", "--where=PRESENT", "--output=" + out()),
        is(ExitCode.OK));
    assertThat(ProductLookup.names(out()), contains("part-00000.csv"));
    assertThat(ProductLookup.contents(out()), is(expected.toString()));
  }

  @Test
  void filesOfOneTaskSortAsTheInputDoes() throws Exception {
    products.create();
    List<String> files = List.of("id,n\np2,1\n", "n,id\n2,p4\n", "id,n\np6,3\n");
    for (int i = 0; i < files.size(); i++) {
      Files.writeString(folder.resolve(i + ".csv"), files.get(i));
    }
    assertThat(
        products.run(
            "--input=" + folder + "/*.csv",
            "--lookupKey=id",
            "--where=PRESENT",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        ProductLookup.names(out()),
        contains("part-00000.csv", "part-00000_001.csv", "part-00000_002.csv"));
    assertThat(ProductLookup.contents(out()), is(String.join("", files)));
  }

  @Test
  void objectsOfAnArrayAreWrittenOneALine() throws Exception {
    products.create();
    Path file =
        Files.writeString(
            folder.resolve("events.json"),
            "[ {\"id\":\"p2\",\n  \"n\":\"a\\nb\"}, {\"id\":\"p3\"},{\"id\":\"p4\"\r\n}\n]\n");
    assertThat(
        products.run("--input=" + file, "--lookupKey=id", "--where=PRESENT", "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        ProductLookup.contents(out()), is("{\"id\":\"p2\",   \"n\":\"a\\nb\"}\n{\"id\":\"p4\"  }"));
  }

  @Test
  void withoutAnEventTheResultIsThereAndEmpty() throws Exception {
    products.create();
    Files.writeString(folder.resolve("1.csv"), "id,n\n");
    Files.writeString(folder.resolve("2.csv"), "");
    assertThat(
        products.run(
            "--input=" + folder + "/*.csv",
            "--lookupKey=id",
            "--where=PRESENT",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(ProductLookup.names(out()), is(empty()));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(true));
  }
}
