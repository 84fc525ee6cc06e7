/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Events looked up in a table, compared with a plain filter. */
@Timeout(180)
class LookupPipelineTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int IDS = 500;

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "products-" + UUID.randomUUID();
  private final Random random = new Random(19);

  /** Of two products the table has one. */
  private static boolean isPresent(int id) {
    return id % 2 == 0;
  }

  private void createProducts() {
    dynamodb.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    d -> d.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < IDS; i += 2) {
      Map<String, AttributeValue> item =
          Map.of(
              "id", AttributeValue.fromS("p" + i),
              "title", AttributeValue.fromS("Nº \"" + i + "\", new"),
              "price", AttributeValue.fromN(i + ".5"),
              "tags", AttributeValue.fromSs(List.of("a", "b")));
      PutRequest put = PutRequest.builder().item(item).build();
      writes.add(WriteRequest.builder().putRequest(put).build());
      if (writes.size() == 25) {
        dynamodb.batchWriteItem(b -> b.requestItems(Map.of(table, List.copyOf(writes))));
        writes.clear();
      }
    }
  }

  /** A few products have most of the events. */
  private int id() {
    return (int) (IDS * Math.pow(random.nextDouble(), 3));
  }

  private int run(Printed printed, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--lookupTable=" + table));
    arguments.addAll(List.of(more));
    return new LookupVerb()
        .run(
            OneWorker.options(LookupOptions.class, arguments.toArray(String[]::new)),
            printed.console());
  }

  private int run(String... more) {
    return run(new Printed(), more);
  }

  private Path out() {
    return folder.resolve("out");
  }

  /** The names of the files of a result that readers see. */
  private static List<String> names(Path result) throws IOException {
    try (Stream<Path> files = Files.list(result)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("_"))
          .sorted()
          .toList();
    }
  }

  private static String contents(Path result) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : names(result)) {
      all.append(Files.readString(result.resolve(name)));
    }
    return all.toString();
  }

  private record Line(int id, String text) {}

  /** Events of all spellings that JSON has, with line ends of both kinds. */
  private List<Line> jsonLines(int count) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = id();
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
    createProducts();
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
        run(
            printed,
            "--input=" + in,
            "--lookupKey=product.id",
            "--lookupBy=KEYS",
            "--where=PRESENT",
            "--output=" + out(),
            "--report=" + report);
    assertThat(printed.errors(), is(empty()));
    assertThat(code, is(ExitCode.OK));
    assertThat(contents(out()), is(text(all, line -> isPresent(line.id()))));
    long kept = all.stream().filter(line -> isPresent(line.id())).count();
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
    assertThat(names(out()), everyItem(endsWith(".jsonl")));
    JsonNode manifest = new ObjectMapper().readTree(out().resolve("_manifest.json").toFile());
    assertThat(manifest.path("events").asLong(), is(kept));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(true));
    assertThat(Files.exists(out().resolve("_staging")), is(false));

    Path absent = folder.resolve("absent");
    code =
        run(
            "--input=" + in,
            "--lookupKey=product.id",
            "--lookupBy=SCAN",
            "--where=ABSENT",
            "--output=" + absent,
            "--report=" + report);
    assertThat(code, is(ExitCode.OK));
    assertThat(contents(absent), is(text(all, line -> !isPresent(line.id()))));
    lookup = new ObjectMapper().readTree(report.toFile()).path("lookup");
    assertThat("the items of the table", lookup.path("keysRead").asLong(), is(IDS / 2L));
    assertThat(lookup.path("readUnits").asDouble(), is(lessThan(6.0)));
  }

  @Test
  void csvKeepsItsHeaderAndItsQuotes() throws Exception {
    createProducts();
    String header = "\uFEFFn,product id,note\r\n";
    StringBuilder in = new StringBuilder(header);
    StringBuilder expected = new StringBuilder(header);
    for (int i = 0; i < 2000; i++) {
      int id = id();
      String record = "%d,\"p%d\",\"two\nlines, \"\"%d\"\"\"\r\n".formatted(i, id, i);
      in.append(record);
      expected.append(isPresent(id) ? record : "");
    }
    Path file = Files.writeString(folder.resolve("events.csv"), in);
    assertThat(
        run("--input=" + file, "--lookupKey=product id", "--where=PRESENT", "--output=" + out()),
        is(ExitCode.OK));
    assertThat(names(out()), contains("part-00000.csv"));
    assertThat(contents(out()), is(expected.toString()));
  }

  @Test
  void jsonIsEnrichedBehindItsLastMember() throws Exception {
    createProducts();
    Path file =
        Files.writeString(
            folder.resolve("events.json"),
            "{\"id\":\"p2\" } \r\n{\"id\":\"p3\",\"a\":{}}\n{\"id\":\"p4\",\"a\":{}}");
    assertThat(
        run(
            "--input=" + file,
            "--lookupKey=id",
            "--enrich=title,cost=price,tags,missing",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        contents(out()),
        is(
            """
            {"id":"p2" ,"title":"Nº \\"2\\", new","cost":2.5,"tags":["a","b"]} \r
            {"id":"p3","a":{}}
            {"id":"p4","a":{},"title":"Nº \\"4\\", new","cost":4.5,"tags":["a","b"]}"""));
  }

  @Test
  void objectsOfAnArrayAreWrittenOneALine() throws Exception {
    createProducts();
    Path file =
        Files.writeString(
            folder.resolve("events.json"),
            "[ {\"id\":\"p2\",\n  \"n\":\"a\\nb\"}, {\"id\":\"p3\"},{\"id\":\"p4\"\r\n}\n]\n");
    assertThat(
        run("--input=" + file, "--lookupKey=id", "--where=PRESENT", "--output=" + out()),
        is(ExitCode.OK));
    assertThat(contents(out()), is("{\"id\":\"p2\",   \"n\":\"a\\nb\"}\n{\"id\":\"p4\"  }"));
  }

  @Test
  void withoutAnEventTheResultIsThereAndEmpty() throws Exception {
    createProducts();
    Files.writeString(folder.resolve("1.csv"), "id,n\n");
    Files.writeString(folder.resolve("2.csv"), "");
    assertThat(
        run(
            "--input=" + folder + "/*.csv",
            "--lookupKey=id",
            "--where=PRESENT",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(names(out()), is(empty()));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(true));
  }

  @Test
  void csvIsEnrichedByColumns() throws Exception {
    createProducts();
    Path file = Files.writeString(folder.resolve("e.tsv"), "n\tid\n1\tp2\n2\tp3\n3\tp4\n4\tp4\t\n");
    Printed printed = new Printed();
    assertThat(
        run(
            printed,
            "--input=" + file,
            "--lookupKey=id",
            "--enrich=title,tags,price",
            "--maxRejects=1",
            "--rejects=" + folder.resolve("rejects"),
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        contents(out()),
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

  private static final String BAD =
      """
      {"id":"p2","n":1}
      {"n":2}
      {"id":null,"n":3}
      {"id":{"a":1},"n":4}
      {"id":true,"n":5}
      {"id":"","n":6}
      {"id":"p2","id":"p4","n":7}
      ["id"]
      {"id":"p2"
      {"id":2,"n":10}
      """;

  @Test
  void eventsWithoutTheKeyAreRejectedAndTooManyOfThemLeaveNothing() throws Exception {
    createProducts();
    Path file = Files.writeString(folder.resolve("bad.json"), BAD);
    Printed printed = new Printed();
    String[] arguments = {
      "--input=" + file, "--format=JSON", "--lookupKey=id", "--where=PRESENT", "--output=" + out()
    };
    assertThat(run(printed, arguments), is(ExitCode.REJECTIONS));
    assertThat(
        printed.errors(),
        contains("sluice: 8 rejected, --maxRejects=0 allows fewer: nothing was written"));
    assertThat(printed.lines(), hasItem(matchesPattern(" *withheld +1  .*")));
    assertThat(printed.lines(), hasItem(matchesPattern(" *dropped +1")));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(false));
    assertThat(Files.exists(out()) ? names(out()) : List.of(), is(empty()));

    Path rejects = folder.resolve("rejects");
    List<String> more = new ArrayList<>(List.of(arguments));
    more.addAll(List.of("--maxRejects=8", "--rejects=" + rejects));
    assertThat(run(more.toArray(String[]::new)), is(ExitCode.OK));
    assertThat(contents(out()), is("{\"id\":\"p2\",\"n\":1}\n"));
    try (Stream<Path> files = Files.walk(rejects)) {
      List<String> lines = new ArrayList<>();
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(each));
      }
      long records = lines.stream().filter(line -> line.contains("\"reason\"")).count();
      assertThat(records, is(8L));
    }
  }

  @Test
  void aDryRunReadsAndCountsAndWritesNothing() throws Exception {
    createProducts();
    Path file = Files.writeString(folder.resolve("e.json"), "{\"id\":\"p2\"}\n{\"id\":\"p3\"}\n");
    Printed printed = new Printed();
    assertThat(
        run(
            printed,
            "--input=" + file,
            "--lookupKey=id",
            "--lookupBy=KEYS",
            "--where=PRESENT",
            "--dryRun",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(printed.lines(), hasItem(matchesPattern(" *kept +1  a dry run writes nothing")));
    assertThat(
        printed.lines(),
        hasItem(matchesPattern(" *keys read +2  1 of them found, for 1.0 read units")));
    assertThat(Files.exists(out()), is(false));
  }

  @Test
  void aFolderWithAResultOrFilesOfOthersIsNotTouched() throws Exception {
    createProducts();
    Path file = Files.writeString(folder.resolve("e.json"), "{\"id\":\"p2\"}\n");
    String[] arguments = {
      "--input=" + file, "--lookupKey=id", "--where=PRESENT", "--output=" + out()
    };
    Files.createDirectories(out().resolve("_staging/earlier"));
    Files.writeString(out().resolve("_staging/earlier/part-00000.json"), "left over");
    Files.writeString(out().resolve("part-00007.json"), "left over");
    assertThat("what a killed run left is no obstacle", run(arguments), is(ExitCode.OK));
    assertThat(contents(out()), is("{\"id\":\"p2\"}\n"));
    assertThat(Files.exists(out().resolve("_staging")), is(false));
    assertThat(
        assertThrows(JobException.class, () -> run(arguments)).getMessage(),
        containsString("it has the result of an earlier lookup: give another folder"));
    Files.delete(out().resolve("_SUCCESS"));
    Files.writeString(out().resolve("mine.txt"), "keep");
    assertThat(
        assertThrows(JobException.class, () -> run(arguments)).getMessage(),
        containsString("it has files that no lookup wrote, such as mine.txt"));
  }

  @Test
  void aTableWithASortKeyNeedsBothPaths() throws Exception {
    dynamodb.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    d -> d.attributeName("c").attributeType(ScalarAttributeType.S),
                    d -> d.attributeName("o").attributeType(ScalarAttributeType.N))
                .keySchema(
                    k -> k.attributeName("c").keyType(KeyType.HASH),
                    k -> k.attributeName("o").keyType(KeyType.RANGE)));
    dynamodb.putItem(
        p ->
            p.tableName(table)
                .item(Map.of("c", AttributeValue.fromS("x"), "o", AttributeValue.fromN("10"))));
    Path file =
        Files.writeString(
            folder.resolve("e.json"),
            """
            {"user":"x","orders":[{"no":1},{"no":1.0e1}]}
            {"user":"x","orders":[{"no":10},{"no":11}]}
            {"user":"x","orders":[0,{"no":"10"}]}
            """);
    assertThat(
        assertThrows(
                JobException.class,
                () ->
                    run(
                        "--input=" + file,
                        "--lookupKey=user",
                        "--where=PRESENT",
                        "--output=" + out()))
            .getMessage(),
        is(
            "--lookupKey=user must have a path for each attribute of the table's key: c=path,o=path"));
    assertThat(
        run(
            "--input=" + file,
            "--lookupKey=c=user,o=orders.1.no",
            "--where=PRESENT",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        contents(out()),
        is(
            """
            {"user":"x","orders":[{"no":1},{"no":1.0e1}]}
            {"user":"x","orders":[0,{"no":"10"}]}
            """));
  }

  @Test
  void mistakesAreToldTogether() {
    List<String> problems =
        assertThrows(
                UsageException.class,
                () ->
                    LookupPlan.of(
                        OneWorker.options(
                            LookupOptions.class,
                            "--where=ABSENT",
                            "--enrich=a,b=a,a",
                            "--format=PARQUET",
                            "--maxRejects=1",
                            "--cacheFor=0s")))
            .problems();
    assertThat(
        problems,
        contains(
            startsWith("--input is missing"),
            startsWith("--lookupTable is missing"),
            startsWith("--format=PARQUET: a lookup reads events"),
            startsWith("--lookupKey is missing"),
            startsWith("--enrich=a,b=a,a must be attributes with different names"),
            startsWith("--enrich does not go with --where=ABSENT"),
            startsWith("--output is missing"),
            startsWith("--maxRejects=1 needs --rejects"),
            startsWith("--cacheFor: ")));
    assertThat(problems, not(hasItem(containsString("Exception"))));
  }

  @Test
  void aTableIsScannedWhereThatCostsLess() throws Exception {
    createProducts();
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
        run(
            "--input=" + events,
            "--lookupKey=id",
            "--where=PRESENT",
            "--dryRun",
            "--report=" + report),
        is(ExitCode.OK));
    return new ObjectMapper().readTree(report.toFile()).at("/job/lookupBy").asText();
  }
}
