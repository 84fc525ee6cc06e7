/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import io.sluice.format.Format;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.json.ItemJson;
import io.sluice.source.FormatDetector.Found;
import io.sluice.source.FormatDetector.Nothing;
import io.sluice.source.FormatDetector.Unclear;
import io.sluice.testing.Items;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FormatDetectorTest {
  private static final String REJECT =
      "{\"stage\":\"READ\",\"reason\":\"MALFORMED\",\"message\":\"m\",\"file\":\"f\",\"offset\":5,";

  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    return Items.items();
  }

  private static FormatDetector.Detection detect(String name, String head) {
    return FormatDetector.detect(name, head.getBytes(UTF_8));
  }

  private static void assertFound(FileFormat kind, String head) {
    assertThat(head, detect("s3://b/data", head), equalTo(new Found(kind)));
    assertThat(head, detect("data.json.gz", "\uFEFF \r\n" + head), equalTo(new Found(kind)));
  }

  private static void assertUnclear(String name, String head, String reason) {
    assertThat(head, detect("s3://b.csv/" + name, head), equalTo(new Unclear(reason)));
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv,CSV",
    "a.CSV,CSV",
    "a.tsv,CSV",
    "a.csv.gz,CSV",
    "a.b.tsv.zst,CSV",
    "s3://b/x.json/a.txt,TEXT",
    "a.TXT.bz2,TEXT"
  })
  void extensionsSayTheFormat(String name, FileFormat kind) {
    for (String head : List.of("a,b\n", "{\"a\":1}\n", "a\u0003{\"s\":\"\"}\n", " ", "PAR1,b\n")) {
      assertThat(detect(name, head), equalTo(new Found(kind)));
    }
  }

  @Test
  void magicBytesComeFirst() {
    for (String name : List.of("a", "a.csv", "a.parquet", "a.json")) {
      assertThat(detect(name, "PAR1\u0015\u0004"), equalTo(new Found(FileFormat.PARQUET)));
      assertThat(detect(name, "Obj\u0001\u0004"), equalTo(new Found(FileFormat.AVRO)));
    }
    assertThat(detect("a", "PAR1"), equalTo(new Found(FileFormat.PARQUET)));
  }

  @Test
  void anEmptyFileTellsNothing() {
    for (String name : List.of("a", "a.csv", "a.txt", "a.json")) {
      assertThat(detect(name, ""), equalTo(new Nothing()));
      assertThat(detect(name, "\uFEFF"), equalTo(new Nothing()));
    }
    assertThat(detect("a.json", " \n"), equalTo(new Nothing()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n",
        "{\"Item\":{}}\n{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n",
        "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"},\"m\":{\"N\":1}}\n",
        "{\"a\":{\"BOOL\":true},\"b\":{\"NULL\":true},\"c\":{\"SS\":[\"x\"]},\"d\":{\"NS\":[1]},"
            + "\"e\":{\"L\":[{\"M\":{\"x\":{\"B\":\"\"}}}]},\"f\":{\"BS\":[]},\"g\":{\"M\":{}}}",
        "{\"Items\":[{\"pk\":{\"S\":\"a\"}}],\"Count\":1,\"ScannedCount\":1}",
        "{\n    \"Items\": [\n        {\n            \"pk\": {\n                \"S\": \"a\"\n",
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":0,\"ConsumedCapacity\":null}",
        "{\"Count\":1,\"Items\":[{\"pk\":{\"S\":\"a\"}}]}",
        "[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]",
        "[{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"a\"}}}}]",
        "{\"table\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]}",
        "{\"a\":[{\"PutRequest\":{\"Item\":{}}}],\"b\":[{\"DeleteRequest\":{\"Key\":{}}}]}",
        "[{\"pk\":{\"S\":\"a\"}},\n{\"pk\":{\"S\":\"b\"}}]",
        "[\n  {\n    \"pk\": {\n      \"S\": \"a\"\n    }\n  }\n]",
        "{\"pk\":{\"S\":\"cut",
        "{\"Item\":{\"pk\":{\"S\":\"a\"},\"x\":{\"L\":[{\"S\":\"a\"},{",
        "{\"pk\":{\"S\":\"a\"}\n{\"pk\":{\"S\":\"b\"}}\n"
      })
  void dynamoDbJson(String head) {
    assertFound(FileFormat.DYNAMODB_JSON, head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":{\"s\":\"x\"},\"n\":{\"n\":\"1\"}}\n",
        "{\"id\":{\"s\":\"x\"},\"n\":{\"N\":\"1\"}}\n",
        "{\"a\":{\"bOOL\":true},\"b\":{\"nULLValue\":true},\"c\":{\"nULL\":true}}\n",
        "{\"a\":{\"sS\":[\"x\"]},\"b\":{\"l\":[{\"m\":{}}]}}\n",
        "{\"id\":{\"s\":\"x\"}}\nName\u0003{\"s\":\"Hill\"}\n",
        "Name\u0003{\"s\":\"Hill\"}\u0002Elevation\u0003{\"n\":\"6135\"}\n",
        "Name\u0003{\"s\":\"Hi",
        "Name\u0003{\"s\":\"Hill\"}\n{\"id\":{\"s\":\"x\"}}\n",
        "{\"name\":\"DynamoDB-export\",\"version\":3,\"entries\":"
            + "[{\"url\":\"s3://b/x\",\"mandatory\":true}]}",
        "{\"id\":{\"s\":\"cut"
      })
  void dataPipeline(String head) {
    assertFound(FileFormat.DATA_PIPELINE, head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n",
        "{\"a\":{\"S\":\"x\"},\"b\":2}\n",
        "{\"a\":{\"S\":1}}\n",
        "{\"a\":{\"S\":\"x\",\"N\":\"1\"}}\n",
        "{\"a\":{\"s\":[]}}\n",
        "{\"a\":[{\"S\":\"x\"}]}\n",
        "{\"a\":{}}\n",
        "{\"Item\":{\"a\":1}}\n",
        "{\"Items\":[1],\"Count\":1}\n",
        "{\"Items\":[]}\n",
        "[{\"a\":1},{\"b\":[2]}]",
        "[\n  {\n    \"a\": 1\n  }\n]",
        "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n",
        "{\"a\":1}{\"a\":2}",
        "{}\n{\"a\":null}\n",
        "{}\n",
        "[]",
        "[ \n ]",
        "[1,2]",
        "{\"a\":\"cut",
        "{\"a\":1,\"b\":{\"S\":\"cut",
        "{\"a\":1\n{\"a\":{\"b\":2}}\n",
        "{\"stage\":\"READ\",\"reason\":\"MALFORMED\",\"message\":\"m\",\"file\":\"f\",\"offset\":5}",
        "{\"stage\":\"x\",\"reason\":\"y\",\"message\":\"m\",\"file\":\"f\",\"offset\":5,\"record\":\"\"}"
      })
  void plainJson(String head) {
    assertFound(FileFormat.JSON, head);
  }

  @Test
  void rejectsOfAnEarlierRun() {
    assertFound(FileFormat.REJECTS, REJECT + "\"record\":\"x\"}\n");
    assertFound(FileFormat.REJECTS, REJECT + "\"recordBase64\":\"AQ==\",\"more\":1}\n");
    assertFound(FileFormat.REJECTS, REJECT + "\"record\":\"cut");
    assertFound(FileFormat.REJECTS, REJECT + "\"record\":\"x\"}\n{\"stage\":\"READ\",\"reas");
  }

  /** Skipped lines precede the first record of a CSV file, and may be longer than the head. */
  @Test
  void columnsOfRejects() {
    String columns = "{\"columnsId\":\"1f\",\"format\":\"CSV\",\"columns\":[\"a\",\"b\"";
    assertFound(FileFormat.REJECTS, columns + "]}\n" + REJECT + "\"record\":\"x\"}\n");
    assertFound(FileFormat.REJECTS, columns + ",\"cut");
    assertFound(FileFormat.JSON, columns + "],\"more\":1}\n");
  }

  @Test
  void whatCannotBeTold() {
    String unknown = " has no extension that says its format, and begins with none that is known";
    assertUnclear("data.bin", "hello\n{\"a\":1}\n", "data.bin" + unknown);
    assertUnclear("data", "a,b\n1,2\n", "data" + unknown);
    assertUnclear("data", "a\u0003b\n", "data" + unknown);
    assertUnclear("data", "PAR", "data" + unknown);
    assertUnclear("data.csv.json", "\u0000\u0001", "data.csv.json" + unknown);
    assertUnclear("data", " ".repeat(Format.HEAD_BYTES), "data" + unknown);
    assertUnclear(
        "app.log",
        "[INFO] 1\n[INFO] 2\n",
        "app.log begins like JSON, but no record in its beginning is any");
    assertUnclear(
        "a.json",
        "{\"a\":1}\n{\"a\":{\"S\":\"x\"}}\n",
        "a.json holds records of more than one format: [DYNAMODB_JSON, JSON]");
    assertUnclear(
        "a.json",
        "{\"a\":{\"s\":\"x\"}}\n{\"a\":{\"S\":\"x\"}}\n",
        "a.json holds records of more than one format: [DYNAMODB_JSON, DATA_PIPELINE]");
    byte[] gzip = "\u001f\u008b\b".getBytes(ISO_8859_1);
    assertThat(
        FormatDetector.detect("a.csv", gzip),
        equalTo(
            new Unclear(
                "a.csv is still compressed when it is decompressed as --compression says",
                "a file that is compressed twice cannot be read")));
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void everyItemIsKnownAgain(@ForAll("items") Map<String, AttributeValue> item) {
    String json = ItemJson.toJson(item);
    assertThat(
        detect("a", "{\"Item\":" + json + "}\n"), equalTo(new Found(FileFormat.DYNAMODB_JSON)));
    assertThat(
        detect("a", "{\"Items\":[" + json + "],\"Count\":1}"),
        equalTo(new Found(FileFormat.DYNAMODB_JSON)));
    if (!item.isEmpty()) {
      assertThat(detect("a", json), equalTo(new Found(FileFormat.DYNAMODB_JSON)));
    }
  }

  /** The end of the head must not matter. */
  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void aCutChangesNothing(@ForAll("items") Map<String, AttributeValue> item, @ForAll long seed) {
    String line = "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n";
    byte[] file = (line + "{\"Item\":" + ItemJson.toJson(item) + "}\n").getBytes(UTF_8);
    int cut = line.length() + new Random(seed).nextInt(file.length - line.length() + 1);
    assertThat(
        FormatDetector.detect("a", Arrays.copyOf(file, cut)),
        equalTo(new Found(FileFormat.DYNAMODB_JSON)));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void anyBytesHaveAnAnswer(@ForAll byte[] bytes, @ForAll long seed) {
    byte[] head = ("{\"a\":[{\"b\":\"" + REJECT + "]}").repeat(3).getBytes(UTF_8);
    Random random = new Random(seed);
    for (byte b : bytes) {
      head[random.nextInt(head.length)] = b;
    }
    assertThat(FormatDetector.detect("a", bytes), instanceOf(FormatDetector.Detection.class));
    assertThat(FormatDetector.detect("a", head), instanceOf(FormatDetector.Detection.class));
  }
}
