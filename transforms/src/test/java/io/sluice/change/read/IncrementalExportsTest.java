/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileCompression;
import io.sluice.format.ReaderSettings;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.nativeexport.ManifestChecks;
import io.sluice.item.Reason;
import io.sluice.testing.RecoverableTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Incremental exports, as the embedded DynamoDB makes them. */
class IncrementalExportsTest {
  @TempDir Path root;
  private RecoverableTable table;
  private Instant from;

  private static String item(String key, String more) {
    return "{'pk':{'S':'" + key + "'}" + more + "}";
  }

  private static String key(String key) {
    return item(key, "");
  }

  @BeforeEach
  void write() {
    table = new RecoverableTable(root);
    table.put(item("changed", ",'v':{'S':'old'}"));
    table.put(item("deleted", ",'v':{'S':'old'}"));
    table.passes(Duration.ofMinutes(1));
    from = table.now();
    table.put(
        item("inserted", ",'n':{'N':'1.50'},'l':{'L':[]},'s':{'SS':['a','b']},'b':{'B':'AAE='}"));
    table.put(item("passing", ",'v':{'S':'new'}"));
    table.put(item("changed", ",'v':{'S':'middle'}"));
    table.passes(Duration.ofMinutes(5));
    table.put(item("changed", ",'v':{'S':'}{ \\\"new'},'m':{'M':{'x':{'NULL':true}}}"));
    table.delete(key("deleted"));
    table.delete(key("passing"));
    table.passes(Duration.ofMinutes(20));
  }

  private Path export(String format, String view) {
    return table.export(from, table.now(), format, view);
  }

  private static ReadNow read(String... places) throws IOException {
    return ReadNow.of(ReadNow.find(null, places));
  }

  private static String refusal(String... places) {
    return assertThrows(UnreadableFileException.class, () -> read(places)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "DYNAMODB_JSON, NEW_AND_OLD_IMAGES",
    "DYNAMODB_JSON, NEW_IMAGE",
    "ION, NEW_AND_OLD_IMAGES",
    "ION, NEW_IMAGE"
  })
  void theLastWriteOfEachItemIsAChange(String format, String view) throws IOException {
    Path export = export(format, view);
    // Those of other exports lie beside them.
    table.export(from, from.plus(RecoverableTable.SHORTEST), "DYNAMODB_JSON", view);
    ChangeInput input = ReadNow.find(null, export.toString());
    assertThat(input.format(), is(ChangeFormat.INCREMENTAL_EXPORT));
    ReadNow read = ReadNow.of(input);
    assertThat(read.rejections, is(empty()));
    assertThat(
        read.all().stream().map(ReadNow.Seen::key).toList(),
        is(List.of("changed", "deleted", "inserted")));
    assertThat(read.all().get(1).item() == null, is(true));
    Map<String, Map<String, AttributeValue>> items = read.table();
    assertThat(items.get("changed").get("v").s(), is("}{ \"new"));
    assertThat(items.get("changed").get("m").m().get("x").nul(), is(true));
    Map<String, AttributeValue> inserted = items.get("inserted");
    assertThat(inserted.get("n").n(), is(format.equals("ION") ? inserted.get("n").n() : "1.5"));
    assertThat(inserted.get("l").hasL(), is(true));
    assertThat(inserted.get("s").ss(), is(List.of("a", "b")));
    assertThat(inserted.get("b").b().asByteArray(), is(new byte[] {0, 1}));
    long micros = from.plus(Duration.ofMinutes(5)).toEpochMilli() * 1000;
    assertThat(read.all().get(0).sequence().longValue(), is(micros));
    assertThat(
        ReadNow.of(ReadNow.find(ChangeFormat.INCREMENTAL_EXPORT, export + "/manifest-files.json"))
            .all(),
        is(read.all()));
  }

  @Test
  void exportsThatFollowEachOtherAreReadTogetherAndAGapIsRefused() throws IOException {
    Instant second = from.plus(RecoverableTable.SHORTEST);
    Path first = table.export(from, second, "DYNAMODB_JSON", "NEW_IMAGE");
    table.put(item("inserted", ",'v':{'S':'later'}"));
    table.passes(Duration.ofMinutes(40));
    Path next =
        table.export(second, second.plus(Duration.ofMinutes(30)), "DYNAMODB_JSON", "NEW_IMAGE");
    ReadNow read = read(next.toString(), first.toString(), first.toString());
    assertThat(read.table().get("inserted").get("v").s(), is("later"));
    assertThat(read.changes.size(), is(4));
    Path overlapping =
        table.export(
            second.minusSeconds(1),
            second.plus(Duration.ofMinutes(30)),
            "DYNAMODB_JSON",
            "NEW_IMAGE");
    assertThat(ReadNow.find(null, first.toString(), next.toString()).notes(), is(empty()));
    assertThat(
        ReadNow.find(null, first.toString(), overlapping.toString()).notes(),
        is(
            List.of(
                "%s/ begins at %s, before %s/ ends: an item that was put and deleted again within one of them has no record there, and is put as the other has it"
                    .formatted(overlapping, second.minusSeconds(1), first))));
    Path late =
        table.export(
            second.plusSeconds(1),
            second.plus(Duration.ofMinutes(30)),
            "DYNAMODB_JSON",
            "NEW_IMAGE");
    assertThat(
        refusal(first.toString(), late.toString()),
        is(
            "%s/ begins at %s, and the export before it, %s/, ends at %s: changes between them are missing"
                .formatted(late, second.plusSeconds(1), first, second)));
    Path ion = table.export(second, second.plus(Duration.ofMinutes(30)), "ION", "NEW_IMAGE");
    assertThat(
        refusal(first.toString(), ion.toString()),
        containsString("import them one after the other"));
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("bucket/exports/AWSDynamoDB/data"))) {
      return files
          .filter(file -> file.toFile().length() > 30)
          .sorted(Comparator.comparing(file -> -file.toFile().length()))
          .toList();
    }
  }

  @Test
  void anotherFileOrNoneIsRefusedByName() throws IOException {
    Path export = export("DYNAMODB_JSON", "NEW_IMAGE");
    Path data = dataFiles().get(0);
    assertThat(
        refusal(data.toString()),
        allOf(containsString(data.toString()), containsString("manifest-files.json")));
    byte[] bytes = Files.readAllBytes(data);
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(),
            StandardCharsets.UTF_8);
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(other)) {
      gzip.write(text.replace("\"Keys\"", "\"Kexs\"").getBytes(StandardCharsets.UTF_8));
    }
    Files.write(data, other.toByteArray());
    IOException e = assertThrows(IOException.class, () -> read(export.toString()));
    assertThat(e.getMessage(), containsString("its MD5 is"));
    ReadNow unchecked =
        ReadNow.of(
            ChangeInput.find(
                List.of(export.toString()),
                List.of(),
                null,
                ReaderSettings.NONE.with(ManifestChecks.SKIPPED),
                FileCompression.AUTO));
    assertThat(unchecked.rejections, is(not(empty())));
    assertThat(unchecked.rejections.get(0).reason(), is(Reason.MALFORMED));
    assertThat(unchecked.rejections.size() + unchecked.changes.size(), is(3));
    Files.delete(data);
    assertThat(refusal(export.toString()), containsString(data + " is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FEED", "STREAM", "DMS"})
  void anotherFormIsRefused(ChangeFormat format) {
    Path export = export("ION", "NEW_IMAGE");
    assertThat(
        assertThrows(UnreadableFileException.class, () -> ReadNow.find(format, export.toString()))
            .getMessage(),
        containsString("has changes of the form INCREMENTAL_EXPORT, and not " + format));
  }
}
