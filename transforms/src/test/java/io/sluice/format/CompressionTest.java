/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.text.TextFormat;
import io.sluice.source.DecompressedSize;
import io.sluice.source.InputFiles;
import io.sluice.source.KeyFrom;
import io.sluice.source.SliceReader;
import io.sluice.source.slice.ReadRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final Format TEXT = new TextFormat("line", 0);

  @TempDir Path folder;

  private static byte[] compressed(Compression compression, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        Channels.newOutputStream(compression.writeCompressed(Channels.newChannel(bytes)))) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private List<String> read(String name, byte[] bytes) throws IOException {
    return read(TEXT, name, bytes);
  }

  private List<String> read(Format format, String name, byte[] bytes) throws IOException {
    return read(format, FileCompression.AUTO, name, bytes);
  }

  private List<String> read(Format format, FileCompression compression, String name, byte[] bytes)
      throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    FileSlice slice =
        FileSlice.whole(FileSystems.matchNewResource(file.toString(), false), bytes.length)
            .compressedBy(compression);
    List<String> lines = new ArrayList<>();
    try (SliceReader reader =
        SliceReader.open(new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of()), slice)) {
      for (ReadRecord record = reader.next(); record != null; record = reader.next()) {
        lines.add(record.item().item().get("line").s());
      }
    }
    return lines;
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD", "UNCOMPRESSED"})
  void filesAreReadByTheirExtension(Compression compression) throws IOException {
    String name = "x.txt" + compression.getSuggestedSuffix();
    assertThat(read(name, compressed(compression, "a\nb\n")), equalTo(List.of("a", "b")));
    assertThat("an empty file", read(name, compressed(compression, "")), equalTo(List.of()));
    assertThat(
        "several members",
        read(name, joined(compressed(compression, "a\nb"), compressed(compression, "c\nd\n"))),
        equalTo(List.of("a", "bc", "d")));
  }

  /**
   * Firehose, and servers with a Content-Encoding, name files without the suffix, or with one too
   * many.
   */
  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD"})
  void bytesGoBeforeTheName(Compression compression) throws IOException {
    byte[] bytes = compressed(compression, "a\nb\n");
    for (String name : List.of("events-2024-01-31", "x.json", "x.gz", "x.bz2", "x.zst", "x.zip")) {
      assertThat(name, read(name, bytes), equalTo(List.of("a", "b")));
    }
    String plain = "x.txt" + compression.getSuggestedSuffix();
    byte[] text = "BZh9 is\n\u001f no magic\n".getBytes(UTF_8);
    assertThat(read(plain, text), equalTo(List.of("BZh9 is", "\u001f no magic")));
    assertThat(read(plain, "a".getBytes(UTF_8)), equalTo(List.of("a")));
    assertThat(read(plain, new byte[0]), equalTo(List.of()));
  }

  @Test
  void compressionThatIsGiven() throws IOException {
    byte[] gzip = compressed(Compression.GZIP, "a\n");
    for (String name : List.of("x", "x.bz2")) {
      assertThat(read(TEXT, FileCompression.GZIP, name, gzip), equalTo(List.of("a")));
    }
    IOException e =
        assertThrows(IOException.class, () -> read(TEXT, FileCompression.ZSTD, "x.gz", gzip));
    assertThat(
        e.getMessage(),
        is(
            folder.resolve("x.gz")
                + " cannot be read: it does not begin like a file compressed by ZSTD"));
    byte[] text = "a\n".getBytes(UTF_8);
    assertThrows(IOException.class, () -> read(TEXT, FileCompression.GZIP, "x.gz", text));
    assertThat(read(TEXT, FileCompression.NONE, "x.zip", text), equalTo(List.of("a")));
    assertThat(read(TEXT, FileCompression.GZIP, "x", new byte[0]), equalTo(List.of()));
  }

  /** Files are recognised by contents, because work is divided by their decompressed size. */
  @Test
  void sizesOnceDecompressed() throws IOException {
    byte[] gzip = compressed(Compression.GZIP, "a\n");
    for (String name : List.of("events-1", "x.json", "x.gz")) {
      Files.write(folder.resolve(name), gzip);
      List<MatchResult.Metadata> file = InputFiles.match(List.of(folder.resolve(name).toString()));
      assertThat(name, DecompressedSize.of(file, FileCompression.AUTO), is(5L * gzip.length));
      assertThat(name, DecompressedSize.of(file, FileCompression.NONE), is((long) gzip.length));
    }
    Files.write(folder.resolve("plain"), new byte[] {'a'});
    List<MatchResult.Metadata> file = InputFiles.match(List.of(folder.resolve("plain").toString()));
    assertThat(DecompressedSize.of(file, FileCompression.AUTO), is(1L));
  }

  @Test
  void emptyMembers() throws IOException {
    byte[] empty = compressed(Compression.GZIP, "");
    assertThat(empty.length, is(20));
    assertThat(
        read("x.gz", joined(joined(empty, compressed(Compression.GZIP, "a\n")), empty)),
        equalTo(List.of("a")));
    assertThat("no bytes at all", read("x.gz", new byte[0]), equalTo(List.of()));
  }

  /** Wherever a file is truncated, it must not pass for a shorter one. */
  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD"})
  void aFileThatIsCutShortCannotBeRead(Compression compression) throws IOException {
    byte[] whole = compressed(compression, "first line\nsecond line\nthird line\n");
    String name = "cut.txt" + compression.getSuggestedSuffix();
    for (int length = 4; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      IOException e =
          assertThrows(IOException.class, () -> read(name, cut), "cut to " + length + " bytes");
      assertThat(e.getMessage(), containsString(folder.resolve(name).toString()));
    }
  }

  @Test
  void theMessageSaysWhatIsWrong() throws IOException {
    byte[] whole = compressed(Compression.GZIP, "a\nb\n");
    for (int length : new int[] {4, 12, whole.length - 9, whole.length - 1}) {
      IOException e =
          assertThrows(IOException.class, () -> read("cut.gz", Arrays.copyOf(whole, length)));
      assertThat(e.getMessage(), is(folder.resolve("cut.gz") + " is cut short"));
    }
    byte[] corrupt = whole.clone();
    corrupt[whole.length - 8] ^= 1;
    IOException e = assertThrows(IOException.class, () -> read("bad.gz", corrupt));
    assertThat(
        e.getMessage(),
        allOf(
            containsString(folder.resolve("bad.gz").toString()), containsString("cannot be read")));
  }

  @Test
  void theSecondMemberIsCutShort() throws IOException {
    byte[] first = compressed(Compression.GZIP, "a\n");
    byte[] both = joined(first, compressed(Compression.GZIP, "b\n"));
    for (int length = first.length + 1; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      assertThrows(IOException.class, () -> read("cut.gz", cut), "cut to " + length + " bytes");
    }
  }

  @Test
  void formatsThatLookAtTheBeginningNameTheFileToo() throws IOException {
    byte[] whole = compressed(Compression.GZIP, "{\"line\":{\"S\":\"x\"}}\n");
    byte[] cut = Arrays.copyOf(whole, whole.length - 10);
    for (Format format :
        List.of(
            new DynamoDbJsonFormat(),
            new CsvFormat(null, ',', CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS))) {
      IOException e = assertThrows(IOException.class, () -> read(format, "cut.gz", cut));
      assertThat(e.getMessage(), is(folder.resolve("cut.gz") + " is cut short"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.zip", "x.deflate", "x.lzo", "x.lzo_deflate", "x.snappy"})
  void otherCompressionsAreAClearError(String name) {
    IOException e = assertThrows(IOException.class, () -> read(name, new byte[] {1, 2, 3}));
    assertThat(
        e.getMessage(),
        allOf(containsString(folder.resolve(name).toString()), containsString("compress")));
  }

  @Test
  void aFileThatIsNotThere() {
    FileSlice slice =
        FileSlice.whole(
            FileSystems.matchNewResource(folder.resolve("gone.gz").toString(), false), 1);
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                SliceReader.open(
                    new SliceReader.Recipe(TEXT, KeyFrom.RECORD, null, List.of()), slice));
    assertThat(e.getMessage(), containsString("gone.gz"));
  }
}
