/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.ChangeRecords;
import io.sluice.format.json.JsonLayout;
import io.sluice.format.json.JsonOutline;
import io.sluice.format.json.JsonRecords;
import io.sluice.format.json.JsonSplitter;
import io.sluice.format.json.JsonText;
import io.sluice.format.registry.FileFormat;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordSplitter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Recognises a file's format by its name and first bytes. The most reliable evidence comes first:
 * magic bytes, then an extension that names the format, then what the text looks like.
 *
 * <p>If two formats are possible, the result is unclear, unless one of them reads every record of
 * the other exactly, or refuses what it cannot read.
 */
public final class FormatDetector {

  /** The result of looking at the beginning of a file. */
  public sealed interface Detection {}

  /** The file is of this format. */
  public record Found(FileFormat format) implements Detection {}

  /** The file is empty, and so may be of any format. */
  public record Nothing() implements Detection {}

  /**
   * The format cannot be determined.
   *
   * @param reason a sentence that names the file but contains nothing of its contents
   * @param remedy what to do about it
   */
  public record Unclear(String reason, String remedy) implements Detection {

    Unclear(String reason) {
      this(reason, "give --format");
    }
  }

  /**
   * The format is known, but not supported.
   *
   * @param reason a sentence that names the file but contains nothing of its contents
   */
  public record Refused(String reason) implements Detection {}

  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  private final String name;
  private final byte[] head;

  private FormatDetector(String name, byte[] head) {
    this.name = name;
    this.head = head;
  }

  /**
   * Recognises the format as far as possible without reading on.
   *
   * @param file the file's name, with or without its folders
   * @param head the first {@link Format#HEAD_BYTES} bytes after decompression, or all of a shorter
   *     file
   */
  public static Detection detect(String file, byte[] head) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return new FormatDetector(name, withoutByteOrderMark(head)).detect();
  }

  private static byte[] withoutByteOrderMark(byte[] head) {
    boolean marked = beginsWith(head, "\uFEFF".getBytes(StandardCharsets.UTF_8));
    return marked ? Arrays.copyOfRange(head, 3, head.length) : head;
  }

  private Detection detect() {
    if (head.length == 0) {
      return new Nothing();
    }
    Optional<FileFormat> byExtension = byExtension();
    Optional<FileFormat> byMagic =
        first(format -> format.definition().hasMagic(head, byExtension.isPresent()));
    if (byMagic.isPresent()) {
      return new Found(byMagic.get());
    }
    if (beginsWith(head, GZIP) || beginsWith(head, ZSTD)) {
      return new Unclear(
          name + " is still compressed when it is decompressed as --compression says",
          "a file that is compressed twice cannot be read");
    }
    return byExtension.isPresent() ? new Found(byExtension.get()) : byContent();
  }

  private static Optional<FileFormat> first(Predicate<FileFormat> test) {
    return Arrays.stream(FileFormat.values()).filter(test).findFirst();
  }

  private Optional<FileFormat> byExtension() {
    String plain = FileCompression.withoutExtension(name);
    int dot = plain.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : first(format -> format.definition().extensions().contains(plain.substring(dot + 1)));
  }

  private Detection byContent() {
    if (JsonText.isUtf16(head)) {
      return new Refused(name + " cannot be read: " + JsonText.UTF_16);
    }
    int begin = 0;
    while (begin < head.length && isSpace(head[begin])) {
      begin++;
    }
    if (begin == head.length && head.length < Format.HEAD_BYTES - 3) {
      return new Nothing();
    }
    boolean json = begin < head.length && (head[begin] == '{' || head[begin] == '[');
    if (!json && ofLine(firstLine(begin)).isEmpty()) {
      return new Unclear(
          name + " has no extension that says its format, and begins with none that is known");
    }
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(head);
      return byRecords(
          json
              ? JsonRecords.linesOrObjects(in, JsonLayout.Envelopes.NONE)
              : LineSplitter.lines(in));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private byte[] firstLine(int begin) {
    int end = begin;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    return Arrays.copyOfRange(head, begin, end);
  }

  /**
   * Considers every complete record in the head; those that are cut off or damaged only if there
   * are no others.
   */
  private Detection byRecords(RecordSplitter records) throws IOException {
    Set<FileFormat> found = EnumSet.noneOf(FileFormat.class);
    Optional<FileFormat> ofPart = Optional.empty();
    int whole = 0;
    int damaged = 0;
    while (records.next()) {
      byte[] record = records.record();
      Optional<FileFormat> ofLine = ofLine(record);
      if (ofLine.isPresent()) {
        found.add(ofLine.get());
        continue;
      }
      if (JsonSplitter.isBlank(record)) {
        continue;
      }
      JsonOutline outline = JsonOutline.of(record);
      ChangeKind changes = ChangeRecords.kindOf(outline.value());
      if (changes != null) {
        return new Refused(name + " " + ChangeRecords.refusal(changes));
      }
      Optional<FileFormat> format = ofOutline(outline.value());
      if (outline.isWhole()) {
        whole++;
        format.ifPresent(found::add);
      } else {
        damaged++;
        ofPart = ofPart.or(() -> format);
      }
    }
    if (found.isEmpty()) {
      ofPart.ifPresent(found::add);
    }
    if (found.size() > 1) {
      return new Unclear(name + " holds records of more than one format: " + found);
    }
    if (!found.isEmpty()) {
      return new Found(found.iterator().next());
    }
    // Only [], {} and the like, which every format reads alike.
    return (whole > 0 && damaged == 0) || isEmptyArray()
        ? new Found(FileFormat.JSON)
        : new Unclear(name + " begins like JSON, but no record in its beginning is any");
  }

  private boolean isEmptyArray() {
    return new String(head, StandardCharsets.ISO_8859_1).strip().matches("\\[\\s*]");
  }

  /** Returns the format of a line that is not JSON. */
  private static Optional<FileFormat> ofLine(byte[] line) {
    return first(format -> format.definition().isRecord(line));
  }

  /**
   * Returns the format of a JSON value; empty when all formats would read it alike, or none would.
   */
  private static Optional<FileFormat> ofOutline(@Nullable Object value) {
    return value instanceof Map<?, ?> object && !object.isEmpty()
        ? first(format -> format.definition().isRecord(object))
        : Optional.empty();
  }

  private static boolean beginsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
