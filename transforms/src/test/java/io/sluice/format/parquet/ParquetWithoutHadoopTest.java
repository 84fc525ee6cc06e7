/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import io.sluice.format.columnar.ColumnarFiles;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests have Hadoop for Parquet's writers; what we ship has not. */
class ParquetWithoutHadoopTest {

  private static final int MAGIC_BYTES = 4;

  @TempDir Path folder;

  /** Runs in a class loader without Hadoop. */
  public static final class Counting {
    private Counting() {}

    public static int count(String file) throws IOException {
      return ColumnarFiles.read(new ParquetFormat(), Path.of(file)).size();
    }
  }

  private static URL[] classPathWithoutHadoop() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("hadoop-client") && !entry.contains("parquet-avro")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(new URL[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void readsWithoutAnyClassOfHadoop(CompressionCodecName codec) throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary s (UTF8); required int96 t; }");
    Path file = folder.resolve("a.parquet");
    try (ParquetWriter<Group> writer = parquet(file, schema).withCompressionCodec(codec).build()) {
      for (int i = 0; i < 10; i++) {
        Group record = new SimpleGroup(schema);
        record.add("s", "text");
        record.add("t", new NanoTime(2_440_588, i));
        writer.write(record);
      }
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(classPathWithoutHadoop(), platform)) {
      Class<?> counting = loader.loadClass(Counting.class.getName());
      Object count = counting.getMethod("count", String.class).invoke(null, file.toString());
      assertThat(count, is(10));
    }
  }

  /** Error paths must not need classes of Hadoop either. */
  @Test
  void aDamagedFileIsSaidToBeDamaged() throws Exception {
    MessageType schema = MessageTypeParser.parseMessageType("message m { required int32 n; }");
    Path file = folder.resolve("a.parquet");
    try (ParquetWriter<Group> writer = parquet(file, schema).build()) {
      for (int i = 0; i < 10; i++) {
        Group record = new SimpleGroup(schema);
        record.add("n", i);
        writer.write(record);
      }
    }
    byte[] sound = Files.readAllBytes(file);
    Path damaged = folder.resolve("b.parquet");
    Set<String> problems = new TreeSet<>();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(classPathWithoutHadoop(), platform)) {
      Method count = loader.loadClass(Counting.class.getName()).getMethod("count", String.class);
      for (int i = MAGIC_BYTES; i < sound.length - MAGIC_BYTES; i++) {
        byte[] bytes = sound.clone();
        // One more or one less, if it is a Thrift number.
        bytes[i] ^= 2;
        Files.write(damaged, bytes);
        try {
          count.invoke(null, damaged.toString());
        } catch (InvocationTargetException e) {
          assertThat("byte " + i, e.getCause(), instanceOf(IOException.class));
          problems.add(e.getCause().getMessage());
        }
      }
    }
    assertThat(problems, hasItems("its footer is damaged", "its row group 1 is damaged"));
  }
}
