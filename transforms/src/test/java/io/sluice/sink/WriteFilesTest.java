/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.item.SourcedItem;
import io.sluice.source.WholeFiles;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is written comes back, or there is no file. */
class WriteFilesTest {
  @TempDir Path folder;
  private Writings writings;

  @BeforeEach
  void open() {
    writings = new Writings(folder);
  }

  private static void assertSame(List<Map<String, AttributeValue>> read, List<SourcedItem> items) {
    assertThat(read.size(), is(items.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat(ItemDiff.differing(read.get(i), items.get(i).item()), is(Set.of()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO", "DYNAMODB_JSON", "ION"})
  void itemsOfEveryTypeComeBack(FileFormat format) throws Exception {
    List<SourcedItem> items = Sinks.everyType();
    writings.write(List.of(items), view -> WriteFiles.to(folder.toString(), format, view));
    WrittenFiles.File file = writings.theFile();
    assertThat(file.items(), is(3L));
    assertThat(file.place(), startsWith(folder.toString() + "/part-"));
    assertThat(file.place(), endsWith(format.output().suffix()));
    assertSame(WholeFiles.items(format.name(), file.place()), items);
    assertThat(writings.tally().problem(1).isEmpty(), is(true));
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void onS3Too(FileFormat format) throws Exception {
    LocalAws aws = LocalAws.shared();
    String place = "s3://" + aws.bucket() + "/write-" + UUID.randomUUID();
    List<SourcedItem> items = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      items.add(Sinks.noise("item-" + i, 20_000, random));
    }
    var options = LocalS3.options(aws);
    // So small that the file has several parts.
    options.setS3UploadBufferSizeBytes(5 << 20);
    writings.write(
        TestPipeline.fromOptions(options).enableAbandonedNodeEnforcement(false),
        Writings.pages(List.of(items)),
        Sinks.schemaOf(items).toJson(),
        view -> WriteFiles.to(place, format, view));
    WrittenFiles.File file = writings.theFile();
    assertThat(file.items(), is(300L));
    assertThat(file.bytes(), greaterThan(5L << 20));
    assertThat(file.place(), startsWith(place + "/part-"));
    if (format != FileFormat.CSV && format != FileFormat.JSON) {
      assertSame(WholeFiles.items(format.name(), file.place()), items);
    }
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void pagesWithoutItemsMakeNoFileButCount(FileFormat format) throws Exception {
    writings.write(
        Writings.pages(List.of(List.of(), List.of())),
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}",
        view -> WriteFiles.to(folder.toString(), format, view));
    assertThat(writings.files(), is(List.of()));
    assertThat(writings.tally().problem(1).isEmpty(), is(true));
    assertThat(writings.listed(), is(List.of()));
  }

  @Test
  void noPagesAtAll() throws Exception {
    writings.write(
        List.of(), "", view -> WriteFiles.to(folder.toString(), FileFormat.PARQUET, view));
    assertThat(writings.reported().isEmpty(), is(true));
    assertThat(writings.listed(), is(List.of()));
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO"})
  void anItemThatDoesNotFitFailsTheBundleAndLeavesNothing(FileFormat format) throws Exception {
    writings.assertUnfitItemFails(
        39, view -> WriteFiles.to(folder.toString(), format, view).withFileBytes(1_000_000));
  }

  @Test
  void settingsHaveBounds() {
    WriteFiles files = WriteFiles.to("x", FileFormat.JSON);
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> files.withFileBytes(0)).getMessage(),
        is("fileBytes is 0, must be above 0"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> files.withThreads(0)).getMessage(),
        is("threads is 0, must be 1 or more"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> files.withRowGroupBytes(9)).getMessage(),
        is("rowGroupBytes is 9, must be at least 1048576"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> WriteFiles.to("x", FileFormat.CSV))
            .getMessage(),
        is("format is CSV, which needs a schema"));
  }
}
