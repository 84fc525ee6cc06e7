/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.item.InvalidItemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads records off a stream, decompressed if the file's extension says so. */
final class StreamRecordReader implements RecordReader {
  private final InputStream in;
  private final RecordSplitter splitter;
  private final RecordParser parser;
  private final long end;

  private StreamRecordReader(InputStream in, FileRecords records, long end) {
    this.in = in;
    this.splitter = records.splitter();
    this.parser = records.parser();
    this.end = end;
  }

  static StreamRecordReader open(StreamFormat format, FileSlice slice) throws IOException {
    boolean middle = slice.start() > 0;
    InputStream in = middle ? openAt(slice.file(), slice.start() - 1) : InputFiles.open(slice);
    try {
      FileRecords records = middle ? openMiddle(format, slice, in) : format.open(in);
      return new StreamRecordReader(in, records, slice.end());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static FileRecords openMiddle(StreamFormat format, FileSlice slice, InputStream middle)
      throws IOException {
    try (InputStream head = InputFiles.open(slice)) {
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
  public boolean next() throws IOException {
    return splitter.next() && splitter.offset() < end;
  }

  @Override
  public long offset() {
    return splitter.offset();
  }

  @Override
  public byte[] record() {
    return splitter.record();
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
