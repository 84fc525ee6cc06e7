/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However a file is sliced, each record is read once and keeps its number. */
class ParquetSlicesTest {
  private static final Format PARQUET = new ParquetFormat();
  private static final int RECORDS = 3_000;

  private static Path file;
  private static long length;
  private static final List<Long> starts = new ArrayList<>();
  private static final List<Long> ends = new ArrayList<>();

  @BeforeAll
  @BeforeContainer
  static void write() throws IOException {
    file = Files.createTempFile("slices", ".parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 id; required binary s (UTF8); }");
    ParquetWriter<Group> writer =
        parquet(file, schema)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withRowGroupSize(4_000L)
            .build();
    try (writer) {
      for (int i = 0; i < RECORDS; i++) {
        Group record = new SimpleGroup(schema);
        record.add("id", (long) i);
        record.add("s", "text " + i);
        writer.write(record);
      }
    }
    length = Files.size(file);
    starts.clear();
    ends.clear();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      for (BlockMetaData group : reader.getRowGroups()) {
        starts.add(group.getStartingPos());
        ends.add(group.getStartingPos() + group.getCompressedSize());
      }
    }
    assertThat(starts.size(), greaterThan(5));
  }

  @AfterAll
  @AfterContainer
  static void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static void assertEachOnce(Set<Long> cuts) throws IOException {
    List<ColumnarFiles.Read> reads = new ArrayList<>();
    long start = 0;
    for (long cut : cuts) {
      reads.addAll(read(PARQUET, file, start, cut));
      start = cut;
    }
    reads.addAll(read(PARQUET, file, start, start == 0 ? Long.MAX_VALUE : length));
    assertThat(reads.size(), is(RECORDS));
    for (int i = 0; i < RECORDS; i++) {
      assertThat(reads.get(i).offset(), is((long) i));
      assertThat(reads.get(i).item().get("id").n(), is(String.valueOf(i)));
    }
  }

  @Test
  void isSplit() {
    assertThat(PARQUET.splittable(new byte[0]), is(true));
  }

  @Test
  void asAWhole() throws IOException {
    assertEachOnce(Set.of());
  }

  @Test
  void cutAtAndBesideEveryPlaceThatMatters() throws IOException {
    List<Long> places = new ArrayList<>(starts);
    places.addAll(ends);
    places.add(length - 8);
    for (long place : places) {
      for (long cut = place - 1; cut <= place + 1; cut++) {
        assertEachOnce(new TreeSet<>(Set.of(cut)));
      }
    }
    assertEachOnce(new TreeSet<>(starts));
  }

  @Test
  void cutFinelySoThatMostSlicesAreEmpty() throws IOException {
    Set<Long> cuts = new TreeSet<>();
    for (long cut = 100; cut < length; cut += 100) {
      cuts.add(cut);
    }
    assertEachOnce(cuts);
  }

  @Property(tries = 50)
  void cutAnywhere(@ForAll @Size(max = 12) List<@DoubleRange(min = 0, max = 1) Double> fractions)
      throws IOException {
    Set<Long> cuts = new TreeSet<>();
    for (double fraction : fractions) {
      cuts.add(1 + (long) (fraction * (length - 2)));
    }
    assertEachOnce(cuts);
  }
}
