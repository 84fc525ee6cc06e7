/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.failure;
import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParquetBrokenFilesTest {
  private static final Format PARQUET = new ParquetFormat();
  private static final int RECORDS = 300;
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message m {
            required int64 id; optional binary s (UTF8);
            required group l (LIST) { repeated group list { optional double element; } }
          }
          """);

  @TempDir Path folder;

  private Path write(CompressionCodecName codec) throws IOException {
    return write(parquet(folder.resolve("a.parquet"), SCHEMA).withCompressionCodec(codec));
  }

  private Path write(ExampleParquetWriter.Builder builder) throws IOException {
    try (ParquetWriter<Group> writer = builder.withRowGroupSize(2_000L).build()) {
      for (int i = 0; i < RECORDS; i++) {
        Group record = new SimpleGroup(SCHEMA);
        record.add("id", (long) i);
        if (i % 3 != 0) {
          record.add("s", "text " + i);
        }
        Group list = record.addGroup("l");
        list.addGroup("list").add("element", i / 2.0);
        list.addGroup("list");
        writer.write(record);
      }
    }
    return folder.resolve("a.parquet");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY"})
  void aFileThatIsCutShortFails(CompressionCodecName codec) throws IOException {
    Path file = write(codec);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 1; length < bytes.length; length += length < 50 ? 1 : 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      String expected =
          length < 4
              ? "cannot be read: it is no Parquet file: the magic bytes are missing"
              : "is cut short";
      assertThat("at " + length, failure(PARQUET, file), is("FILE " + expected));
    }
  }

  /** Damage is detected, or has no effect; no record is lost, and nothing else is thrown. */
  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void damagedBytesFailOrAreOfNoEffect(CompressionCodecName codec) throws IOException {
    Path file = write(codec);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(7);
    int failed = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        assertThat(read(PARQUET, file).size(), is(RECORDS));
      } catch (IOException e) {
        failed++;
      }
    }
    assertThat(failed, greaterThan(100));
  }

  @Test
  void aDamagedPageInTheMiddleIsFoundByItsChecksum() throws IOException {
    Path file = write(CompressionCodecName.UNCOMPRESSED);
    byte[] bytes = Files.readAllBytes(file);
    int text = new String(bytes, ISO_8859_1).indexOf("text 152");
    bytes[text]++;
    Files.write(file, bytes);
    assertThat(failure(PARQUET, file), is("FILE cannot be read: its row group 2 is damaged"));
  }

  @Test
  void whatIsNoParquetFile() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[0]);
    assertThat(
        failure(PARQUET, file), is("FILE cannot be read: it is empty, not even a footer is there"));
    for (String text : new String[] {"x", "id,name\n1,x\n2,y\n", "no good PAR1 at all"}) {
      Files.writeString(file, text);
      assertThat(
          failure(PARQUET, file),
          is("FILE cannot be read: it is no Parquet file: the magic bytes are missing"));
    }
    Files.writeString(file, "PAR1xxxxyyyyzzzz\u007f\u007f\u007f\u007fPAR1");
    assertThat(failure(PARQUET, file), is("FILE cannot be read: its footer is damaged"));
    Files.writeString(file, "PAR1");
    assertThat(failure(PARQUET, file), is("FILE is cut short"));
  }

  @Test
  void aFileThatIsCompressedAsAWhole() throws IOException {
    Path plain = write(CompressionCodecName.SNAPPY);
    Path misnamed = Files.copy(plain, folder.resolve("b.parquet.gz"));
    assertThat(read(PARQUET, misnamed).size(), is(RECORDS));
    Path file = folder.resolve("a.parquet.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Files.copy(plain, out);
    }
    assertThat(
        failure(PARQUET, file), is("FILE cannot be read: it is compressed as a whole, by GZIP"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encryptedFiles(boolean plaintextFooter) throws IOException {
    FileEncryptionProperties.Builder keys =
        FileEncryptionProperties.builder("0123456789abcdef".getBytes(ISO_8859_1));
    if (plaintextFooter) {
      keys.withPlaintextFooter();
    }
    Path file = write(parquet(folder.resolve("a.parquet"), SCHEMA).withEncryption(keys.build()));
    assertThat(failure(PARQUET, file), is("FILE cannot be read: it is encrypted"));
  }

  /** Changes the footer. */
  static Path mend(Path file, Consumer<FileMetaData> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = end.getInt(bytes.length - 8);
    int start = bytes.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, length));
    change.accept(footer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, out);
    ByteBuffer mended = ByteBuffer.allocate(start + out.size() + 8).order(ByteOrder.LITTLE_ENDIAN);
    mended.put(bytes, 0, start).put(out.toByteArray()).putInt(out.size());
    mended.put(bytes, bytes.length - 4, 4);
    return Files.write(file, mended.array());
  }

  @Test
  void aRowGroupThatIsInNoSlice() throws IOException {
    Path file =
        mend(
            write(CompressionCodecName.SNAPPY),
            footer ->
                footer
                    .getRow_groups()
                    .get(1)
                    .getColumns()
                    .get(0)
                    .getMeta_data()
                    .setData_page_offset(1L << 40)
                    .setDictionary_page_offset(0));
    assertThat(
        failure(PARQUET, file), is("FILE cannot be read: its row group 2 lies beyond the file"));
  }

  /** A column that claims more bytes than the file has, or a negative number. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 40, Long.MAX_VALUE, -1})
  void aColumnThatIsLargerThanTheFile(long size) throws IOException {
    Path file =
        mend(
            write(CompressionCodecName.SNAPPY),
            footer ->
                footer
                    .getRow_groups()
                    .get(1)
                    .getColumns()
                    .get(2)
                    .getMeta_data()
                    .setTotal_compressed_size(size));
    assertThat(
        failure(PARQUET, file), is("FILE cannot be read: its row group 2 lies beyond the file"));
  }

  /** Old versions of Parquet's writer omitted a dictionary's header from the size of a column. */
  @Test
  void columnsThatAreLargerThanTheirSize() throws IOException {
    Path file =
        mend(
            write(CompressionCodecName.SNAPPY),
            footer ->
                footer
                    .getRow_groups()
                    .forEach(
                        group ->
                            group
                                .getColumns()
                                .forEach(
                                    column -> {
                                      long size = column.getMeta_data().getTotal_compressed_size();
                                      column.getMeta_data().setTotal_compressed_size(size - 15);
                                    })));
    List<ColumnarFiles.Read> reads = read(PARQUET, file);
    assertThat(reads.size(), is(RECORDS));
    assertThat(
        reads.get(RECORDS - 1).item(),
        is(
            ColumnarFiles.item(
                "{\"id\":{\"N\":\"299\"},\"s\":{\"S\":\"text 299\"},"
                    + "\"l\":{\"L\":[{\"N\":\"149.5\"},{\"NULL\":true}]}}")));
  }

  /** When every column repeats, only its lists show how many records there are. */
  @Test
  void aRowGroupOfMoreListsThanTheFooterSays() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message m { repeated int32 a; repeated int32 b; }");
    try (ParquetWriter<Group> writer = parquet(folder.resolve("a.parquet"), schema).build()) {
      for (int i = 0; i < RECORDS; i++) {
        Group record = new SimpleGroup(schema);
        record.add("a", i);
        record.add("a", -i);
        writer.write(record);
      }
    }
    Path file = folder.resolve("a.parquet");
    assertThat(read(PARQUET, file).size(), is(RECORDS));
    mend(file, footer -> footer.getRow_groups().get(0).setNum_rows(RECORDS - 1));
    assertThat(failure(PARQUET, file), is("FILE cannot be read: its row group 1 is damaged"));
  }

  @Test
  void aRowGroupOfFewerRecordsThanTheFooterSays() throws IOException {
    Path file =
        mend(
            write(CompressionCodecName.SNAPPY),
            footer -> footer.getRow_groups().get(0).setNum_rows(1_000));
    assertThat(failure(PARQUET, file), is("FILE cannot be read: its row group 1 is damaged"));
  }

  @Test
  void aRowGroupOfMoreRecordsThanTheFooterSays() throws IOException {
    Path file =
        mend(
            write(CompressionCodecName.SNAPPY),
            footer -> footer.getRow_groups().get(0).setNum_rows(10));
    assertThat(failure(PARQUET, file), is("FILE cannot be read: its row group 1 is damaged"));
  }
}
