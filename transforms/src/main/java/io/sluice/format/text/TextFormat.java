/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordParser;
import io.sluice.format.stream.StreamFormat;
import io.sluice.format.stream.Utf8;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Plain text: each line is an item with one string attribute.
 *
 * @param attribute the attribute's name, not empty
 * @param minLength lines with fewer characters (Unicode code points) are skipped; 0 or more
 */
public record TextFormat(String attribute, int minLength) implements StreamFormat {
  /** The length of the longest code point in UTF-8. */
  private static final int MAX_BYTES_PER_CHARACTER = 4;

  public TextFormat {
    if (attribute.isEmpty()) {
      throw new IllegalArgumentException("the name of the text attribute is empty");
    }
    if (minLength < 0) {
      throw new IllegalArgumentException("minLength is " + minLength + ", must be 0 or more");
    }
  }

  @Override
  public String name() {
    return "TEXT";
  }

  @Override
  public boolean splittable(byte[] head) {
    return true;
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    return new FileRecords(LineSplitter.lines(file), new Parser());
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head)
      throws IOException {
    return new FileRecords(LineSplitter.linesFrom(middle, offset), new Parser());
  }

  private final class Parser implements RecordParser {
    private final byte[] name = attribute.getBytes(UTF_8);

    @Override
    public boolean draft(byte[] record, ItemDraft item) {
      // As many bytes as a line of the minimum length can have.
      if (record.length < (long) minLength * MAX_BYTES_PER_CHARACTER) {
        return false;
      }
      item.begin();
      item.name(attribute, name);
      return item.string(record, 0, record.length);
    }

    @Override
    public @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException {
      String line = Utf8.decode(record);
      if (line.codePointCount(0, line.length()) < minLength) {
        return null;
      }
      Map<String, AttributeValue> item = new HashMap<>();
      item.put(attribute, AttributeValue.fromS(line));
      return item;
    }
  }
}
