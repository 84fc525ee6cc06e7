/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Change records of DynamoDB as events, in the forms in which other programs write them. */
@Timeout(180)
class ChangesAsEventsTest {
  private static final String PRESENT = change("o1", 7);
  private static final String ABSENT = change("o2", 8);

  @TempDir Path folder;
  private final ProductLookup products = new ProductLookup();

  private static String change(String order, int product) {
    return ("{\"eventID\": \"e\",\"eventName\":\"INSERT\",\"dynamodb\":{\"ApproximateCreationDateTime\":1.6e9,"
            + "\"Keys\":{\"order\":{\"S\":\"%s\"}},\"NewImage\":{\"order\":{\"S\":\"%1$s\"},"
            + "\"product\":{\"N\":\"%d.0\"},\"tags\":{\"L\":[{\"S\":\"[}\"}]}}}}")
        .formatted(order, product);
  }

  /** The table has product 7, by a number. */
  private void createTable() {
    products.create(
        create ->
            create
                .attributeDefinitions(
                    d -> d.attributeName("id").attributeType(ScalarAttributeType.N))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)),
        Map.of("id", fromN("7"), "title", fromS("seven")));
  }

  private String keptOf(String text, String... more) throws IOException {
    createTable();
    Path file = Files.writeString(folder.resolve("changes.json"), text);
    Path out = folder.resolve("out");
    Printed printed = new Printed();
    int code =
        products.run(
            printed,
            Stream.concat(Stream.of(more), Stream.of("--input=" + file, "--output=" + out))
                .toArray(String[]::new));
    assertThat(printed.errors().toString(), code, is(ExitCode.OK));
    return ProductLookup.contents(out);
  }

  private static final String KEY = "--lookupKey=dynamodb.NewImage.product.N";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\n%s\n%s\n",
        "%s%s%s",
        "[%s,%s,\n%s]\n",
        "{\"Records\":[%s,%s,%s]}",
        "{ \"Records\" : [\n%s,\n %s] }\n{\"Records\": [] }{\"Records\":[%s]}\n",
        "{\"Records\":[%s,%s,%s],\"NextShardIterator\":\"AAA==\",\"MillisBehindLatest\":0}",
      })
  void recordsAreFoundHoweverTheyAreJoined(String form) throws IOException {
    assertThat(
        keptOf(form.formatted(PRESENT, ABSENT, PRESENT), KEY, "--where=PRESENT").strip(),
        is(PRESENT + "\n" + PRESENT));
  }

  @Test
  void attributesAreAddedToThem() throws IOException {
    assertThat(
        keptOf("{\"Records\":[" + PRESENT + "," + ABSENT + "]}", KEY, "--enrich=title").strip(),
        is(PRESENT.substring(0, PRESENT.length() - 1) + ",\"title\":\"seven\"}\n" + ABSENT));
  }

  @Test
  void anEnvelopeIsAnEventWhereTheKeyIsAPathIntoIt() throws IOException {
    String envelope = "{\"Records\":[" + PRESENT + "]}";
    assertThat(
        keptOf(
            envelope + "\n",
            "--lookupKey=Records.0.dynamodb.NewImage.product.N",
            "--where=PRESENT"),
        is(envelope + "\n"));
  }

  @Test
  void whatAnEnvelopeHoldsBesidesIsNotLostInSilence() throws IOException {
    createTable();
    Path file =
        Files.writeString(
            folder.resolve("changes.json"), "{\"Records\":[" + PRESENT + "],\"more\":{\"x\":1}}");
    Path rejects = folder.resolve("rejects");
    int code =
        products.run(
            "--input=" + file,
            KEY,
            "--where=PRESENT",
            "--output=" + folder.resolve("out"),
            "--rejects=" + rejects);
    assertThat(code, is(ExitCode.REJECTIONS));
    try (var files = Files.walk(rejects)) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertThat(Files.readString(written.get(0)).contains("NOT_AN_ITEM"), is(true));
    }
  }
}
