/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.datapipeline.DataPipelineFormat;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.ion.IonFormat;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.StreamFormat;
import io.sluice.format.text.TextFormat;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Lists the text formats, each with valid files of it. */
@SuppressWarnings("ImmutableEnumChecker") // A format is immutable.
enum FuzzedFormat {
  CSV(csv(CsvFormat.QuotedNewlines.ALLOWED), FuzzedFormat::csvFile, Gaps.ANYTHING, Gaps.LINE_END),
  CSV_LINES(
      csv(CsvFormat.QuotedNewlines.NEVER),
      FuzzedFormat::csvFile,
      "[\r\n]*[^\n]*\n?",
      Gaps.LINE_END),
  TEXT(new TextFormat("line", 3), FuzzedFormat::textFile, "", Gaps.LINE_END),
  JSON_LINES(typedJson(), FuzzedFormat::jsonLines, "", null),
  JSON_ARRAY(typedJson(), FuzzedFormat::jsonArray, "", null),
  JSON_OBJECTS(typedJson(), FuzzedFormat::jsonObjects, "", null),
  DYNAMODB_JSON_LINES(new DynamoDbJsonFormat(), FuzzedFormat::dynamoDbLines, null, null),
  DYNAMODB_JSON_SCAN(new DynamoDbJsonFormat(), FuzzedFormat::dynamoDbScan, null, null),
  ION_LINES(new IonFormat(), FuzzedFormat::ionLines, null, null),
  ION_VALUES(new IonFormat(), FuzzedFormat::ionValues, null, null),
  DATA_PIPELINE(new DataPipelineFormat(), FuzzedFormat::dataPipelineFile, "", Gaps.LINE_END);

  final StreamFormat format;
  final Function<Random, String> file;

  /** Text that may precede the first record, apart from a byte order mark; null for anything. */
  final String before;

  /** Text that may stand between records of a format that always has lines; null for others. */
  final String between;

  FuzzedFormat(StreamFormat format, Function<Random, String> file, String before, String between) {
    this.format = format;
    this.file = file;
    this.before = before;
    this.between = between;
  }

  private static CsvFormat csv(CsvFormat.QuotedNewlines newlines) {
    return new CsvFormat(null, ',', newlines, Values.TYPED);
  }

  private static JsonFormat typedJson() {
    return new JsonFormat(Values.TYPED.columns(), Values.TYPED.keyTypes());
  }

  private static String csvFile(Random random) {
    return "s,n,t,b\r\n"
        + rows(
            random,
            r -> text(r, "\"\"") + "," + number(r) + ",yes,AQ==",
            r -> "\"a\n,\"\"" + text(r, "\"\"") + "\",NULL,,");
  }

  private static String textFile(Random random) {
    return rows(random, r -> text(r, "\""), r -> "");
  }

  private static String plain(Random random) {
    return "{\"s\":\"%s\",\"n\":%s,\"t\":true,\"b\":\"AQ==\",\"l\":[1,{\"x\":null}],\"m\":{}}"
        .formatted(text(random, "\\\""), number(random));
  }

  private static String jsonLines(Random random) {
    return rows(random, FuzzedFormat::plain, r -> "{\"n\":\"" + number(r) + "\",\"a\":[[]]}");
  }

  private static String jsonArray(Random random) {
    return "[" + rows(random, r -> plain(r) + ",", r -> "{\"a\" : [ 1 ]\n},") + "{}]";
  }

  private static String jsonObjects(Random random) {
    return "{\n}\n" + rows(random, FuzzedFormat::plain, r -> plain(r).replace(":", ":\n "));
  }

  private static String typed(Random random) {
    return "{\"s\":{\"S\":\"%s\"},\"n\":{\"N\":\"%s\"},\"l\":{\"L\":[{\"M\":{\"x\":{\"SS\":[\"y\"]}}}]}}"
        .formatted(text(random, "\\\""), number(random));
  }

  private static String dynamoDbLines(Random random) {
    return rows(random, FuzzedFormat::typed, r -> "{\"Item\":" + typed(r) + "}");
  }

  private static String dynamoDbScan(Random random) {
    return "{\"Items\":[" + rows(random, r -> typed(r) + ",", r -> "{\n},") + "{}],\"Count\":1}";
  }

  private static String ion(Random random) {
    return "{Item:{s:\"%s\",n:%s.5,'t u':true,b:{{AQ==}},l:[1.,{x:$dynamodb_SS::[\"y\"]}]}}"
        .formatted(text(random, "\\\""), random.nextInt(100));
  }

  private static String ionLines(Random random) {
    return rows(random, r -> "$ion_1_0 " + ion(r), FuzzedFormat::ion);
  }

  private static String ionValues(Random random) {
    return "{\n}\n"
        + rows(random, FuzzedFormat::ion, r -> "$ion_1_0" + ion(r).replace(":", ":\n "));
  }

  private static String dataPipelineFile(Random random) {
    return rows(
        random,
        r -> typed(r).replace("\"S\"", "\"s\"").replace("\"L\"", "\"l\""),
        r -> "a b\u0003{\"s\":\"" + text(r, "\\\"") + "\"}\u0002n\u0003{\"n\":\"1\"}");
  }

  private static String rows(
      Random random, Function<Random, String> one, Function<Random, String> other) {
    StringBuilder rows = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      rows.append((random.nextInt(4) == 0 ? other : one).apply(random));
      rows.append(i == 0 && random.nextBoolean() ? "" : random.nextInt(4) == 0 ? "\r\n" : "\n");
    }
    return rows.toString();
  }

  private static String text(Random random, String quote) {
    String[] texts = {"", "x", "é😀", quote, "long ".repeat(random.nextInt(40)), "}{][", "true"};
    return texts[random.nextInt(texts.length)];
  }

  private static String number(Random random) {
    String[] numbers = {"0", "-1.50", "1e5", "1e400", "0e99999999999", "40.719382000000003"};
    return numbers[random.nextInt(numbers.length)];
  }

  /**
   * Holds the texts between records; apart, since the formats need them before their own fields.
   */
  static final class Gaps {
    // The first record of a CSV file is its header, and belongs to no record that is read.
    static final String LINE_END = "(\r?\n|\r?$)";
    private static final String ANYTHING = ".*";

    private Gaps() {}
  }

  private static final class Values {
    static final CsvValues TYPED =
        new CsvValues(
            Map.of("n", ColumnText.Type.N, "t", ColumnText.Type.BOOL),
            Map.of("b", ColumnText.Type.B),
            CsvValues.EmptyAs.OMIT,
            "NULL");

    private Values() {}
  }
}
