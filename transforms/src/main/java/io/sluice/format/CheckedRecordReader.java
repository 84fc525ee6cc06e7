/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.failure.PayloadFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.Origin;
import java.io.IOException;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a whole file, and fails after its last record if the file does not match a manifest. */
public final class CheckedRecordReader implements RecordReader {
  private final RecordReader records;
  private final DigestingChannel channel;
  private final ContentCheck check;
  private long items;

  public CheckedRecordReader(RecordReader records, DigestingChannel channel, ContentCheck check) {
    this.records = records;
    this.channel = channel;
    this.check = check;
  }

  @Override
  public boolean next() throws IOException {
    if (records.next()) {
      items++;
      return true;
    }
    check.compare(channel.finish(), items);
    return false;
  }

  @Override
  public @Nullable Map<String, AttributeValue> parse() throws InvalidItemException {
    Map<String, AttributeValue> item = records.parse();
    if (item == null) {
      // A blank line.
      items--;
    }
    return item;
  }

  @Override
  public boolean draft(ItemDraft item) {
    return records.draft(item);
  }

  @Override
  public Origin origin() {
    return records.origin();
  }

  @Override
  public PayloadFormat recordFormat() {
    return records.recordFormat();
  }

  @Override
  public byte[] record() {
    return records.record();
  }

  @Override
  public byte[] lineEnd() {
    return records.lineEnd();
  }

  @Override
  public void checkWhole() throws InvalidItemException {
    records.checkWhole();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
