/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.format.SinkSettings;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items for tests, and files of them written without a pipeline. */
public final class Sinks {
  public static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  private static final long MB = 1 << 20;

  private Sinks() {}

  static SourcedItem item(String pk, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> item = new HashMap<>(more);
    item.put("pk", fromS(pk));
    return SourcedItem.withoutOrigin(item);
  }

  private static SdkBytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return SdkBytes.fromByteArray(bytes);
  }

  /** Returns items of which no two have an attribute with different types. */
  public static List<SourcedItem> everyType() {
    return List.of(
        item(
            "1",
            Map.of(
                "s", fromS("a \"b\", é😀\n"),
                "empty", fromS(""),
                "n", fromN("12.50"),
                "big", fromN("12345678901234567890123456789012345678"),
                "b", fromB(bytes(0, 255)),
                "yes", fromBool(true),
                "nothing", fromNul(true))),
        item(
            "2",
            Map.of(
                "ss", fromSs(List.of("x", "")),
                "ns", fromNs(List.of("1", "-2.5")),
                "bs", fromBs(List.of(bytes(7))),
                "l", fromL(List.of(fromN("1"), fromS("q"), fromNul(true), fromL(List.of()))),
                "m", fromM(Map.of("inner", fromM(Map.of()), "dots.and-more", fromBool(false))))),
        item("3", Map.of("n", fromN("-1"), "big", fromN("-0.00001"))));
  }

  /** Returns an item that no compression makes smaller. */
  public static SourcedItem noise(String pk, int bytes, Random random) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return item(pk, Map.of("b", fromB(SdkBytes.fromByteArray(noise))));
  }

  public static TableSchema schemaOf(List<SourcedItem> items) {
    InferredSchema inferred = InferredSchema.of(KEY);
    items.forEach(inferred::add);
    return inferred.toSchema("Table");
  }

  /** Writes a file with one page. */
  public static WrittenFiles.File write(
      Path file, FileFormat format, TableSchema schema, List<SourcedItem> items)
      throws IOException {
    OpenFile open =
        OpenFile.create(
            FileSystems.matchNewResource(file.toString(), false),
            format.output().sinks(new SinkSettings(schema, 64 * MB, true)));
    try {
      open.write(ItemPage.of(new ItemPage.Mark(0, 0, 0, true, items.size(), 0, 0), items));
      return open.finish();
    } catch (IOException | RuntimeException e) {
      open.discard();
      throw e;
    }
  }

  /** Decompresses a gzip file. */
  static String unzipped(byte[] bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
