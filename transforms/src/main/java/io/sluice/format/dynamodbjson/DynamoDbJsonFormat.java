/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import io.sluice.format.json.ChangeRecords;
import io.sluice.format.json.JsonLayout;
import io.sluice.format.json.JsonRecords;
import io.sluice.format.json.JsonSplitter;
import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordParser;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.json.ItemJson;
import io.sluice.item.json.JsonDraft;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB JSON in every shape in which it occurs: one item per line, with or without {@code Item}
 * around it; a single array; the output of {@code aws dynamodb scan}; request files for {@code
 * batch-write-item}.
 *
 * <p>Reading can start in the middle of a file of lines; a document that spans lines is read by one
 * reader from its beginning. The beginning of the file decides which of the two it is.
 */
public record DynamoDbJsonFormat() implements StreamFormat {

  @Override
  public String name() {
    return "DYNAMODB_JSON";
  }

  @Override
  public boolean splittable(byte[] head) {
    return JsonLayout.of(head, JsonLayout.Envelopes.OPENED) == JsonLayout.LINES;
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    RecordSplitter splitter = JsonRecords.linesOrObjects(file, JsonLayout.Envelopes.OPENED);
    return new FileRecords(splitter, new Parser());
  }

  @Override
  public @Nullable String changesIn(byte[] head) {
    return ChangeRecords.inJson(head);
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head)
      throws IOException {
    return new FileRecords(LineSplitter.linesFrom(middle, offset), new Parser());
  }

  private static final class Parser implements RecordParser {
    private final JsonDraft json = new JsonDraft();

    @Override
    public boolean draft(byte[] record, ItemDraft item) {
      return json.typed(record, item);
    }

    @Override
    public @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException {
      if (JsonSplitter.isBlank(record)) {
        return null;
      }
      return new HashMap<>(ItemJson.parseRecord(record, 0, record.length));
    }
  }
}
