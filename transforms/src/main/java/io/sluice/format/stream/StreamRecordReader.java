/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.CheckedRecordReader;
import io.sluice.format.ContentCheck;
import io.sluice.format.DigestingChannel;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads records from a stream, which is decompressed as the slice specifies. */
final class StreamRecordReader implements RecordReader {
  private final StreamRecords format;
  private final InputStream in;
  private final String file;
  private final long end;
  private final RecordSplitter splitter;
  private final RecordParser parser;
  private final PayloadFormat recordFormat;

  private StreamRecordReader(
      StreamRecords format, FileSlice slice, InputStream in, FileRecords records) {
    this.format = format;
    this.in = in;
    this.file = slice.file().toString();
    this.end = slice.end();
    this.splitter = records.splitter();
    this.parser = records.parser();
    this.recordFormat = new PayloadFormat(format.name(), records.parser().columns());
  }

  static StreamRecordReader open(StreamRecords format, FileSlice slice) throws IOException {
    boolean middle = slice.start() > 0;
    InputStream in = middle ? openAt(slice.file(), slice.start() - 1) : slice.open();
    try {
      FileRecords records = middle ? openMiddle(format, slice, in) : format.open(in);
      return new StreamRecordReader(format, slice, in, records);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Opens a whole file, which must match what a manifest says about it. */
  static RecordReader openChecked(StreamRecords format, FileSlice slice, ContentCheck check)
      throws IOException {
    AtomicReference<DigestingChannel> channel = new AtomicReference<>();
    InputStream in =
        slice.open(
            file -> {
              channel.set(new DigestingChannel(file));
              return channel.get();
            });
    try {
      return new CheckedRecordReader(
          new StreamRecordReader(format, slice, in, format.open(in)), channel.get(), check);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static FileRecords openMiddle(StreamRecords format, FileSlice slice, InputStream middle)
      throws IOException {
    try (InputStream head = slice.open()) {
      return format.openMiddle(middle, slice.start(), head);
    }
  }

  private static InputStream openAt(ResourceId file, long position) throws IOException {
    ReadableByteChannel channel = FileSystems.open(file);
    if (!(channel instanceof SeekableByteChannel seekable)) {
      channel.close();
      throw new IOException("it cannot be read from its middle");
    }
    seekable.position(position);
    return Channels.newInputStream(seekable);
  }

  @Override
  public List<String> columns() {
    return parser.columns();
  }

  @Override
  public @Nullable String changes() throws IOException {
    return format.changesIn(splitter.ahead());
  }

  @Override
  public boolean next() throws IOException {
    return splitter.next() && splitter.offset() < end;
  }

  @Override
  public Origin origin() {
    return new Origin(file, splitter.offset());
  }

  @Override
  public PayloadFormat recordFormat() {
    return recordFormat;
  }

  @Override
  public byte[] record() {
    return splitter.record();
  }

  @Override
  public byte[] lineEnd() {
    return splitter.lineEnd();
  }

  @Override
  public void checkWhole() throws InvalidItemException {
    splitter.checkWhole();
  }

  @Override
  public boolean draft(ItemDraft item) {
    return splitter.isWhole() && parser.draft(splitter.record(), item);
  }

  @Override
  public @Nullable Map<String, AttributeValue> parse() throws InvalidItemException {
    splitter.checkWhole();
    return parser.parse(splitter.record());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
