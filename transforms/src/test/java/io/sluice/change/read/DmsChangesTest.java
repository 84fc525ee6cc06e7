/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.record.Change;
import io.sluice.failure.Rejection;
import io.sluice.format.FileCompression;
import io.sluice.format.ReaderSettings;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of AWS DMS. */
class DmsChangesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ReadNow read() throws IOException {
    return ReadNow.of(ReadNow.find(null, folder + "/**"));
  }

  private static String values(ReadNow read) {
    return read.table().entrySet().stream()
        .map(
            e ->
                e.getKey() + "=" + (e.getValue().containsKey("a") ? e.getValue().get("a").s() : ""))
        .toList()
        .toString();
  }

  @Test
  void theOrderIsThatOfTheFilesAndTheRows() throws IOException {
    write("2026/02/01/20260201-000000001.csv", "Op,pk,a\nD,x,4\nI,z,6\n");
    write("2026/01/31/20260131-232600123.csv", "Op,pk,a\nU,x,2\nU,x,3\nI,y,\"5, \n5\"\n");
    write("LOAD00000002.csv", "Op,pk,a\nI,y,1\n");
    write("LOAD00000001.csv", "Op,pk,a\nI,x,1\nI,w,\n");
    ReadNow read = read();
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(8));
    assertThat(values(read), is("[w=, y=5, \n5, z=6]"));
    assertThat("Op is no attribute", read.table().get("z").keySet(), contains("a", "pk"));
  }

  @Test
  void typesAreThoseOfTheImport() throws IOException {
    write("20260131-232600123.csv", "Op,pk,n\nI,7,1.50\nU,7,x\nD,7,\n");
    CsvFormat csv =
        new CsvFormat(
            null,
            ',',
            CsvFormat.QuotedNewlines.ALLOWED,
            new CsvValues(Map.of("n", ColumnText.Type.N), Map.of(), CsvValues.EmptyAs.OMIT, null));
    ChangeInput input =
        ChangeInput.find(
            List.of(folder.toString()),
            List.of(),
            null,
            ReaderSettings.NONE.with(csv),
            FileCompression.AUTO);
    ReadNow read = ReadNow.of(input, KeySchema.of(KeyAttribute.parse("pk:N")));
    assertThat(read.changes.size(), is(2));
    assertThat(read.changes.get(1).kind(), is(Change.Kind.DELETE));
    Rejection rejection = read.rejections.get(0);
    assertThat(rejection.reason(), is(Reason.NOT_OF_TYPE));
    assertThat(rejection.origin().offset(), is(17L));
    assertThat("no import takes it for an item", rejection.format().name(), is("CHANGE"));
  }

  @Test
  void filesWithoutAHeaderHaveTheGivenOne() throws IOException {
    write("20260131-232600123.csv", "I,x,1\nD,y,2\n");
    assertThat(
        assertThrows(UnreadableFileException.class, this::read).getMessage(),
        containsString("holds no changes: it has no first column Op"));
    ReaderSettings readers =
        ReaderSettings.NONE.with(CsvFormat.PLAIN.withHeader(List.of("Op", "pk", "a")));
    ReadNow read =
        ReadNow.of(
            ChangeInput.find(
                List.of(folder.toString()), List.of(), null, readers, FileCompression.AUTO));
    assertThat(values(read), is("[x=1]"));
    assertThat(read.changes.size(), is(2));
  }

  @Test
  void aFullLoadWithoutOpIsNoFileOfChanges() throws IOException {
    write("20260131-232600123.csv", "Op,pk,a\nU,x,2\n");
    Path load = write("LOAD00000001.csv", "pk,a\nx,1\n");
    String message =
        assertThrows(
                UnreadableFileException.class,
                () -> ReadNow.of(ReadNow.find(ChangeFormat.DMS, folder.toString())))
            .getMessage();
    assertThat(message, containsString(load + " has no first column named Op"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9|10",
        "20260131232600120000000000000000123|20260131232600120000000000000000124",
        "1.5|1.25e0",
        "2026-01-31 23:26:00.000001|2026-01-31 23:26:00.000002",
        "2026-01-31T23:26:00+02:00|2026-01-31T23:26:00Z",
        "2026-01-31 23:26:00+01|2026-01-31 23:26:00",
        "-3|-2"
      })
  void aColumnOrders(String earlier, String later) throws IOException {
    boolean isNumber = !later.contains("e0");
    write("20260131-000000002.csv", "Op,pk,a,t\nU,x,old," + earlier + "\n");
    write("20260131-000000001.csv", "Op,pk,a,t\nU,x,new," + later + "\n");
    ChangeInput input = ReadNow.find(null, folder.toString());
    assertThat(values(ReadNow.of(input)), is("[x=old]"));
    ReadNow read = ReadNow.of(input.orderedBy("t"));
    assertThat(values(read), is(isNumber ? "[x=new]" : "[x=old]"));
    assertThat(read.rejections.size(), is(isNumber ? 0 : 1));
  }

  @Test
  void theSequenceOfDmsOrdersIfItIsThere() throws IOException {
    write("20260131-000000002.csv", "Op,AR_H_CHANGE_SEQ,pk,a\nU,9,x,old\nU,,x,none\n");
    write("20260131-000000001.csv", "Op,AR_H_CHANGE_SEQ,pk,a\nU,10,x,new\n");
    write("LOAD00000001.csv", "Op,AR_H_CHANGE_SEQ,pk,a\nI,,x,loaded\nI,,y,loaded\n");
    ReadNow read = read();
    assertThat(values(read), is("[x=new, y=loaded]"));
    assertThat(read.rejections.size(), is(1));
    assertThat(read.rejections.get(0).message(), containsString("'AR_H_CHANGE_SEQ'"));
    write("20260131-000000003.csv", "Op,pk,a\nU,x,newest\n");
    assertThat(
        assertThrows(UnreadableFileException.class, this::read).getMessage(),
        containsString("has no column 'AR_H_CHANGE_SEQ'"));
  }

  /** DMS may add the time at which it transferred a row, which is after many changes. */
  @Test
  void aFullLoadIsBeforeAllChangesWhateverItsColumnSays() throws IOException {
    write("LOAD00000001.csv", "Op,pk,a,t\nI,x,loaded,2026-02-01 00:00:00\nI,y,loaded,never\n");
    write("20260131-000000001.csv", "Op,pk,a,t\nU,x,new,2026-01-31 23:26:00\n");
    ReadNow read = ReadNow.of(ReadNow.find(null, folder.toString()).orderedBy("t"));
    assertThat(read.rejections, is(empty()));
    assertThat(values(read), is("[x=new, y=loaded]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X", "i", "B"})
  void anotherOpIsRejected(String op) throws IOException {
    String rows = "Op,pk,a\nI,x,1\n" + op + ",x,2\n";
    write("20260131-000000001.csv", rows);
    ReadNow read = ReadNow.of(ReadNow.find(ChangeFormat.DMS, folder.toString()));
    assertThat(read.rejections.size(), is(1));
    assertThat(read.rejections.get(0).reason(), is(Reason.NOT_AN_ITEM));
    assertThat(values(read), is("[x=1]"));
  }

  @Test
  void twoFilesOfOneNameHaveNoOrder() throws IOException {
    write("a/20260131-000000001.csv", "Op,pk\nI,x\n");
    write("b/20260131-000000001.csv", "Op,pk\nD,x\n");
    assertThat(
        assertThrows(UnreadableFileException.class, this::read).getMessage(),
        containsString("has the name of " + folder + "/a/20260131-000000001.csv"));
  }

  @Test
  void parquetIsRead() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary Op (STRING); required binary pk (STRING);"
                + " optional int64 n; }");
    SimpleGroupFactory rows = new SimpleGroupFactory(schema);
    ColumnarFiles.writeParquet(
        folder.resolve("20260131-000000001.parquet"),
        schema,
        rows.newGroup().append("Op", "I").append("pk", "x").append("n", 1L),
        rows.newGroup().append("Op", "I").append("pk", "y").append("n", 1L),
        rows.newGroup().append("Op", "U").append("pk", "x").append("n", 2L));
    ColumnarFiles.writeParquet(
        folder.resolve("20260131-000000002.parquet"),
        schema,
        new Group[] {rows.newGroup().append("Op", "D").append("pk", "y")});
    ReadNow read = read();
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(4));
    assertThat(read.table().keySet(), contains("x"));
    assertThat(read.table().get("x").get("n").n(), is("2"));
  }
}
