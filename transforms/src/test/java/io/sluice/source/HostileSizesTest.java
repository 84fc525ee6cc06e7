/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static io.sluice.format.columnar.ColumnarFiles.failure;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import io.sluice.format.avro.AvroFormat;
import io.sluice.format.columnar.BlockCodec;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.format.parquet.CompactThrift;
import io.sluice.format.parquet.ParquetFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes and counts that a file claims but cannot hold: no memory is allocated for them. */
@Timeout(30)
class HostileSizesTest {
  private static final String NULLS =
      "{'type':'record','name':'r','fields':[{'name':'a','type':{'type':'array','items':"
          + "{'type':'array','items':'null'}}}]}";

  @TempDir Path folder;

  /** Writes a file of one block, whose bytes, sizes included, are as given. */
  private Path avro(String schema, String blockHex) throws IOException {
    Path file = folder.resolve("a.avro");
    Schema parsed = schema(schema);
    byte[] sync = "0123456789abcdef".getBytes(UTF_8);
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<Object>(parsed))) {
      writer.create(parsed, Files.newOutputStream(file), sync);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Files.readAllBytes(file));
    out.write(HexFormat.of().parseHex(blockHex));
    out.write(sync);
    return Files.write(file, out.toByteArray());
  }

  /** A record of nulls takes no bytes, so the size of its block says nothing about the count. */
  @Test
  void anAvroBlockOfMoreRecordsThanItCanHold() throws IOException {
    String empty = "{'type':'record','name':'r','fields':[{'name':'a','type':'null'}]}";
    Path few = avro(empty, "0600");
    assertThat(ColumnarFiles.read(new AvroFormat(), few).size(), is(3));
    Path many = avro(empty, "feffffffffffffffff0100");
    assertThat(failure(new AvroFormat(), many), is("FILE cannot be read: its block 1 is damaged"));
  }

  @ParameterizedTest
  @CsvSource({"feffffff0f", "feffffffffffffffff01", "ffffffffffffffffff0100"})
  void anAvroListThatIsLongerThanItsBlock(String count) throws IOException {
    String block = "02" + "%02x".formatted(count.length()) + count;
    assertThat(
        failure(new AvroFormat(), avro(NULLS, block)),
        is("FILE cannot be read: its block 1 is damaged"));
  }

  /** Each list of a million nulls is small enough by itself; 400 bytes contain a hundred. */
  @Test
  void manyAvroListsOfNothing() throws IOException {
    String million = "80897a" + "00";
    String data = "c801" + million.repeat(100) + "00";
    int bytes = data.length() / 2;
    String size = "%02x%02x".formatted(bytes * 2 & 0x7F | 0x80, bytes * 2 >> 7);
    assertThat(
        failure(new AvroFormat(), avro(NULLS, "02" + size + data)),
        is("FILE cannot be read: its block 1 is damaged"));
  }

  @ParameterizedTest
  @CsvSource({
    // A list of 2^31 - 1 structures, another in the short form, a text, a map.
    "19fcffffffff0700, false",
    "19ec00, false",
    "18ffffffff0700, false",
    "1bffffffff078800, false",
    "1cff, false",
    "150219251502, false",
    "150218016119280261620000, true",
    "00, true"
  })
  void sizesOfThrift(String hex, boolean sound) throws IOException {
    ByteBuffer structure = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    if (sound) {
      CompactThrift.walk(structure, (path, value) -> {});
    } else {
      assertThrows(IOException.class, () -> CompactThrift.walk(structure, (path, value) -> {}));
    }
  }

  @ParameterizedTest
  @CsvSource({"19fcffffffff0700", "ffffffffffffffffffff", "1cff"})
  void aParquetFooterWhoseSizesAreBeyondIt(String footer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PAR1".getBytes(UTF_8));
    out.writeBytes(HexFormat.of().parseHex(footer));
    out.writeBytes(new byte[] {(byte) (footer.length() / 2), 0, 0, 0});
    out.writeBytes("PAR1".getBytes(UTF_8));
    Path file = Files.write(folder.resolve("a.parquet"), out.toByteArray());
    assertThat(
        failure(new ParquetFormat(), file), is("FILE cannot be read: its footer is damaged"));
  }

  @Test
  void aParquetFooterOfANegativeSize() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("5041523100000000ffffffff50415231");
    Path file = Files.write(folder.resolve("a.parquet"), bytes);
    assertThat(
        failure(new ParquetFormat(), file), is("FILE cannot be read: its footer is damaged"));
  }

  /** A page of a few bytes that claims to decompress to two gigabytes. */
  @ParameterizedTest
  @EnumSource(names = {"SNAPPY", "GZIP", "ZSTD", "LZ4"})
  void pagesThatSayTheyAreLarge(BlockCodec codec) {
    byte[] block = new byte[100];
    new Random(5).nextBytes(block);
    for (int size : new int[] {Integer.MAX_VALUE, 1 << 30, -1}) {
      assertThrows(Exception.class, () -> codec.decompress(block, size));
    }
  }

  /** Unusually high compression is still read. */
  @Test
  void pagesThatAreLarge() throws IOException {
    byte[] plain = new byte[3 << 20];
    byte[] block = Zstd.compress(plain);
    assertThat(block.length < plain.length / 1_000, is(true));
    assertThat(BlockCodec.ZSTD.decompress(block, plain.length).length, is(plain.length));
    assertThrows(IOException.class, () -> BlockCodec.ZSTD.decompress(block, plain.length - 1));
  }

  /** At most one byte more than a page claims is decompressed. */
  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void pagesThatAreLargerThanTheySay(BlockCodec codec) throws IOException {
    byte[] plain = new byte[8 << 20];
    byte[] block = codec == BlockCodec.ZSTD ? Zstd.compress(plain) : gzip(plain);
    assertThat(codec.decompress(block, plain.length).length, is(plain.length));
    int size = 2 << 20;
    IOException e = assertThrows(IOException.class, () -> codec.decompress(block, size));
    assertThat(e.getMessage(), is("a block of more than " + size + " bytes"));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
