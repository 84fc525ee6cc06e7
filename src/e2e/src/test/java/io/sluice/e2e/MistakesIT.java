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

import io.sluice.e2e.Runs.Run;
import io.sluice.testing.LocalAws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What users do wrong, and the line that each of them reads. One JVM runs them all but those that
 * name a runner, which go through the launcher.
 */
class MistakesIT {
  private static final LocalAws AWS = LocalAws.shared();
  private static final String SECRET = "Qq77SecretContent";

  @TempDir static Path folder;
  private static ServerSocket silent;
  private static Map<String, Run> runs;

  @BeforeAll
  static void prepare() throws IOException {
    Files.writeString(folder.resolve("ok.csv"), "id,n\n1,2\n");
    Files.writeString(folder.resolve("secret.csv"), "id,n\n1," + SECRET + "\n");
    Files.writeString(folder.resolve("doubles.csv"), "id,n\n1,2\n1," + SECRET + "\n");
    Files.writeString(folder.resolve("nokey.csv"), "a,b\n1,2\n");
    Files.writeString(folder.resolve("lines.jsonl"), "{\"id\":\"1\"}\n");
    Files.write(folder.resolve("unknown.dat"), new byte[] {1, 2, 3, 4, 5});
    Files.write(
        folder.resolve("bad.parquet"),
        "PAR1 this is not Parquet PAR1".getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("bad.avro"), new byte[] {'O', 'b', 'j', 1, 2, 3});
    byte[] gzip = gzip("id,n\n" + "1,2\n".repeat(10_000));
    Files.write(folder.resolve("short.csv.gz"), Arrays.copyOf(gzip, gzip.length / 2));
    Files.writeString(folder.resolve("data.csv.lzo"), "x");
    createTable("mistakes", "id", ScalarAttributeType.S);
    Files.writeString(folder.resolve("typed.jsonl"), "{\"id\":{\"S\":\"1\"}}\n");
    Files.writeString(
        folder.resolve("headerless.csv"), "alice," + SECRET + "," + SECRET + "\na,b,c\n");
    AWS.dynamodb()
        .createTable(
            create ->
                create
                    .tableName("indexed")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                    .attributeDefinitions(
                        a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("n").attributeType(ScalarAttributeType.N))
                    .globalSecondaryIndexes(
                        index ->
                            index
                                .indexName("by_n")
                                .keySchema(k -> k.attributeName("n").keyType(KeyType.HASH))
                                .projection(p -> p.projectionType(ProjectionType.ALL))));
    createTable("numbers", "id", ScalarAttributeType.N);
    schema("null.avsc", "{'name':'id','type':'string'},{'name':'n','type':'null'}");
    schema("recursive.avsc", "{'name':'id','type':'string'},{'name':'m','type':['null','r']}");
    schema("keyless.avsc", "{'name':'n','type':'string'}");
    silent = new ServerSocket(0);
    runs = ofTheJar();
  }

  @AfterAll
  static void close() throws IOException {
    silent.close();
  }

  private static void createTable(String name, String key, ScalarAttributeType type) {
    AWS.dynamodb()
        .createTable(
            create ->
                create
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(k -> k.attributeName(key).keyType(KeyType.HASH))
                    .attributeDefinitions(a -> a.attributeName(key).attributeType(type)));
  }

  private static void schema(String name, String fields) throws IOException {
    String json = "{'type':'record','name':'r','fields':[" + fields + "]}";
    Files.writeString(folder.resolve(name), json.replace('\'', '"'));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** What each mistake printed that the jar itself was given. */
  private static Map<String, Run> ofTheJar() {
    List<String> typed = Mistakes.all().map(mistake -> (String) mistake.get()[2]).toList();
    List<String> direct = typed.stream().filter(line -> !line.contains("--runner=")).toList();
    List<Run> runs =
        Runs.inOneJvm(
            "direct",
            direct.stream()
                .map(MistakesIT::command)
                .peek(command -> command.set(0, "--pipeline=" + command.get(0)))
                .toList());
    return IntStream.range(0, runs.size())
        .boxed()
        .collect(Collectors.toMap(direct::get, runs::get));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("io.sluice.e2e.Mistakes#all")
  void theLineNamesTheCulprit(int exit, String line, String typed) {
    Run run = typed.contains("--runner=") ? byTheLauncher(command(typed)) : runs.get(typed);
    run.mustHaveExited(exit);
    assertClean(run, line);
    if (exit != 3 && exit != 4) {
      assertThat(run.output(), is(""));
      assertOneLineForEach(run);
    }
  }

  /** What only DynamoDB knows is found when the job has begun and told how long it takes. */
  @Test
  void aFilterThatDynamoDbDoesNotTakeIsOneLine() {
    Run run = byTheLauncher(command("export T --output=F/x --filter=nonsense"));
    run.mustHaveExited(1);
    assertClean(run, "Invalid FilterExpression");
    assertOneLineForEach(run);
  }

  private static List<String> command(String typed) {
    List<String> command = new ArrayList<>();
    for (String argument : typed.split(" ")) {
      command.add(
          argument
              .replace("F/", folder + "/")
              .replace("SILENT", "http://localhost:" + silent.getLocalPort())
              .replace("a_b", "a b")
              .replaceFirst("^T$", "--table=mistakes"));
    }
    command.add("--local");
    command.add("--s3Endpoint=" + AWS.s3Endpoint());
    if (!typed.contains("--dynamodbEndpoint")) {
      command.add("--dynamodbEndpoint=" + AWS.dynamodbEndpoint());
    }
    return command;
  }

  private static Run byTheLauncher(List<String> command) {
    Program program = Program.startLauncher(command.toArray(String[]::new));
    return new Run(program.exitCode(), program.output(), program.errors());
  }

  private static void assertClean(Run run, String line) {
    String all = run.output() + run.errors();
    assertThat(all, containsString(line));
    assertThat(all, not(containsString("\tat ")));
    assertThat(all, not(containsString("Exception")));
    assertThat(all, not(containsString(SECRET)));
  }

  private static void assertOneLineForEach(Run run) {
    assertThat(
        run.errors(), run.errors().lines().allMatch(line -> line.startsWith("sluice: ")), is(true));
  }

  /** A run that fails in the middle tells no contents either, on whichever runner. */
  @ParameterizedTest
  @MethodSource("runners")
  void noContentsInTheOutputOfARunThatFails(String runner) throws IOException {
    Path mixed = folder.resolve("mixed-" + runner);
    Files.createDirectories(mixed);
    Files.writeString(mixed.resolve("a.csv"), "id,n\n" + SECRET + ",1\n");
    byte[] gzip = gzip("id,n\n" + (SECRET + ",1\n").repeat(10_000));
    Files.write(mixed.resolve("b.csv.gz"), Arrays.copyOf(gzip, gzip.length - 20));
    Run run =
        byTheLauncher(
            List.of(
                "import",
                "--runner=" + runner,
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--input=" + mixed + "/*",
                "--dedupe=LATEST",
                "--table=mistakes"));
    String all = run.mustHaveExited(1).output() + run.errors();
    assertThat(all, containsString("b.csv.gz is cut short"));
    assertThat(all, not(containsString(SECRET)));
  }

  private static Stream<String> runners() {
    return Stream.of("DirectRunner", "FlinkRunner", "SparkRunner");
  }
}
