/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import static io.sluice.format.columnar.ColumnarFiles.failure;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static io.sluice.format.columnar.ColumnarFiles.writeAvro;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AvroBrokenFilesTest {
  private static final Format AVRO = new AvroFormat();
  private static final Schema SCHEMA =
      schema(
          """
          {'type':'record','name':'r','fields':[
            {'name':'id','type':'long'},
            {'name':'s','type':['null','string']},
            {'name':'l','type':{'type':'array','items':'double'}},
            {'name':'m','type':{'type':'map','values':'bytes'}}]}
          """);

  @TempDir Path folder;

  /** Maps the end of each block to the number of records before it. */
  private final Map<Long, Integer> ends = new HashMap<>();

  private Path write(String codec) throws IOException {
    Path file = folder.resolve("a.avro");
    CodecFactory factory = CodecFactory.fromString(codec);
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      writer.setCodec(factory).create(SCHEMA, file.toFile());
      ends.put(writer.sync(), 0);
      for (int i = 0; i < 12; i++) {
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put("id", (long) i);
        record.put("s", i % 3 == 0 ? null : "text " + i);
        record.put("l", List.of(0.5, 1.0 * i));
        record.put("m", Map.of("k", java.nio.ByteBuffer.wrap(new byte[i])));
        writer.append(record);
        if (i % 4 == 3) {
          ends.put(writer.sync(), i + 1);
        }
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
  void aFileThatIsCutShortFailsUnlessBetweenBlocks(String codec) throws IOException {
    Path file = write(codec);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 1; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      Integer whole = ends.get((long) length);
      if (whole != null) {
        // Nothing in the format states how many blocks there should be.
        assertThat(read(AVRO, file).size(), is(whole));
      } else {
        String expected =
            length < 4
                ? "cannot be read: it is no Avro object container file: the magic bytes are missing"
                : "is cut short";
        assertThat("at " + length, failure(AVRO, file), is("FILE " + expected));
      }
    }
  }

  /** Damage is detected, or only changes a value; no record is lost, and nothing else is thrown. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
  void damagedBytesFailOrChangeAValue(String codec) throws IOException {
    Path file = write(codec);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(7);
    int failed = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        assertThat(read(AVRO, file).size(), is(12));
      } catch (IOException e) {
        failed++;
      }
    }
    assertThat(failed > 200, is(true));
  }

  @Test
  void aDamagedBlockInTheMiddle() throws IOException {
    Path file = write("deflate");
    byte[] bytes = Files.readAllBytes(file);
    long second = ends.entrySet().stream().filter(e -> e.getValue() == 4).findAny().get().getKey();
    Arrays.fill(bytes, (int) second + 10, (int) second + 20, (byte) 0xFF);
    Files.write(file, bytes);
    assertThat(failure(AVRO, file), is("FILE cannot be read: its block 2 is damaged"));
  }

  @Test
  void whatIsNoAvroFile() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[0]);
    assertThat(
        failure(AVRO, file), is("FILE cannot be read: it is empty, not even a header is there"));
    Files.writeString(file, "id,name\n1,x\n");
    assertThat(
        failure(AVRO, file),
        is(
            "FILE cannot be read: "
                + "it is no Avro object container file: the magic bytes are missing"));
  }

  private static Path replace(Path file, String from, String to) throws IOException {
    String text = new String(Files.readAllBytes(file), ISO_8859_1);
    assertThat(text, containsString(from));
    return Files.write(file, text.replace(from, to).getBytes(ISO_8859_1));
  }

  @Test
  void headersThatAreNotRead() throws IOException {
    assertThat(
        failure(AVRO, replace(write("deflate"), "deflate", "xzxzxzx")),
        is(
            "FILE cannot be read: its codec 'xzxzxzx' is not one of null, deflate, snappy,"
                + " zstandard, bzip2"));
    assertThat(
        failure(AVRO, replace(write("null"), "avro.schema", "avro.scheme")),
        is("FILE cannot be read: its header has no schema"));
    assertThat(
        failure(AVRO, replace(write("null"), "\"double\"", "\"dubbel\"")),
        is("FILE cannot be read: its schema is not valid"));
  }

  @Test
  void moreRecordsThanABlockSays() throws IOException {
    Path file = writeAvro(folder.resolve("a.avro"), schema("'int'"), 1, 2, 3);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 16 - 3 - 2] = 2 << 1;
    Files.write(file, bytes);
    assertThat(failure(AVRO, file), is("FILE cannot be read: its block 1 is damaged"));
  }
}
