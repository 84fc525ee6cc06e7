/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.InvalidItemException;
import io.sluice.testing.ShortReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads files of DynamoDB JSON through the format. */
final class DynamoDbJsonFiles {
  static final DynamoDbJsonFormat FORMAT = new DynamoDbJsonFormat();
  static final String A = "{\"pk\":{\"S\":\"a\"}}";
  static final String B = "{\"pk\":{\"S\":\"b\"}}";
  static final String ITEM_A = "{\"Item\":" + A + "}";
  static final String ITEM_B = "{\"Item\":" + B + "}";
  static final String PUT_A = "{\"PutRequest\":" + ITEM_A + "}";
  static final String PUT_B = "{\"PutRequest\":" + ITEM_B + "}";

  static final Map<String, Map<String, AttributeValue>> ITEM =
      Map.of("a", Map.of("pk", fromS("a")), "b", Map.of("pk", fromS("b")));

  private DynamoDbJsonFiles() {}

  static boolean splittable(String head) {
    return FORMAT.splittable(head.getBytes(UTF_8));
  }

  static List<String> lines(String file) throws IOException {
    assertThat("is a file of lines", splittable(file), is(true));
    return read(file);
  }

  static List<String> document(String file) throws IOException {
    assertThat("is a file of lines", splittable(file), is(false));
    return read(file);
  }

  static List<String> read(String file) throws IOException {
    return read(file.getBytes(UTF_8));
  }

  /** Returns the results of all records, which are the same however few bytes a read returns. */
  static List<String> read(byte[] file) throws IOException {
    List<String> results = read(file, FORMAT.open(new ByteArrayInputStream(file)));
    if (file.length < 10_000) {
      for (int most : new int[] {1, 2, 3, 7}) {
        assertThat(read(file, FORMAT.open(new ShortReads(file, most))), equalTo(results));
      }
    }
    return results;
  }

  /**
   * Returns, for each record, the key of items {@code A} and {@code B}, other items as they are, or
   * the reason of a rejection.
   */
  static List<String> read(byte[] file, FileRecords records) throws IOException {
    List<String> results = new ArrayList<>();
    RecordSplitter splitter = records.splitter();
    while (splitter.next()) {
      int offset = (int) splitter.offset();
      byte[] record = splitter.record();
      assertThat(Arrays.copyOfRange(file, offset, offset + record.length), equalTo(record));
      try {
        splitter.checkWhole();
        Map<String, AttributeValue> item = records.parser().parse(record);
        results.add(
            item == null
                ? "skipped"
                : item.equals(ITEM.get("a"))
                    ? "a"
                    : item.equals(ITEM.get("b")) ? "b" : new TreeMap<>(item).toString());
      } catch (InvalidItemException e) {
        results.add(e.reason().name());
      }
    }
    return results;
  }
}
