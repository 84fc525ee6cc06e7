/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.source.WholeFiles;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.Outcomes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WriteFilesTest {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  /** The files that the test's pipeline wrote. */
  private static final Queue<WrittenFiles> WRITTEN = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    WRITTEN.clear();
  }

  private static final class KeepFn extends DoFn<WrittenFiles, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element WrittenFiles written) {
      WRITTEN.add(written);
    }
  }

  private static List<ItemPage> pages(int segment, List<List<SourcedItem>> pages) {
    List<ItemPage> made = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      boolean last = i == pages.size() - 1;
      made.add(
          ItemPage.of(
              new ItemPage.Mark(segment, 5, i, last, pages.get(i).size(), 0.5, 1_000 + i),
              pages.get(i)));
    }
    return made;
  }

  /** Writes all pages in one bundle. */
  private static void write(Pipeline pipeline, List<ItemPage> pages, String schema, Writing writing)
      throws IOException, SQLException {
    PCollectionView<String> view =
        pipeline.apply("Schema", Create.of(schema)).apply("As a view", View.asSingleton());
    pipeline
        .apply("Pages", Create.of(List.of(pages)).withCoder(ListCoder.of(ItemPageCoder.of())))
        .apply("One bundle", Flatten.iterables())
        .apply("Write files", writing.to(view))
        .apply("Keep", ParDo.of(new KeepFn()));
    pipeline.run().waitUntilFinish();
    for (WrittenFiles.File file : files()) {
      if (file.place().endsWith(".parquet")) {
        Path copy = Files.write(Files.createTempFile("written", ".parquet"), stored(file.place()));
        DuckDb.assertAgrees(copy);
        Files.delete(copy);
      }
    }
  }

  private interface Writing {
    WriteFiles to(PCollectionView<String> schema);
  }

  private void write(List<ItemPage> pages, String schema, Writing writing)
      throws IOException, SQLException {
    write(Outcomes.pipeline(), pages, schema, writing);
  }

  private static byte[] stored(String place) throws IOException {
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(place).resourceId()))) {
      return in.readAllBytes();
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<WrittenFiles.File> files() {
    return WRITTEN.stream().flatMap(written -> written.files().stream()).toList();
  }

  private static ScanCompleteness tally() {
    ScanCompleteness sum = new ScanCompleteness();
    WRITTEN.forEach(written -> sum.add(written.scan()));
    return sum;
  }

  /** Returns the only file, after checking that it is as reported. */
  private static WrittenFiles.File theFile() throws IOException {
    assertThat(files().size(), is(1));
    WrittenFiles.File file = files().get(0);
    byte[] bytes = stored(file.place());
    assertThat(file.bytes(), is((long) bytes.length));
    assertThat(file.md5(), is(md5(bytes)));
    return file;
  }

  private static void assertSame(List<Map<String, AttributeValue>> read, List<SourcedItem> items) {
    assertThat(read.size(), is(items.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat(ItemDiff.differing(read.get(i), items.get(i).item()), is(Set.of()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO", "DYNAMODB_JSON"})
  void itemsOfEveryTypeComeBack(FileFormat format) throws Exception {
    List<SourcedItem> items = Sinks.everyType();
    write(
        pages(0, List.of(items)),
        Sinks.schemaOf(items).toJson(),
        view -> WriteFiles.to(folder.toString(), format, view));
    WrittenFiles.File file = theFile();
    assertThat(file.items(), is(3L));
    assertThat(file.place(), startsWith(folder.toString() + "/part-"));
    assertThat(file.place(), endsWith(format.output().suffix()));
    assertSame(WholeFiles.items(format.name(), file.place()), items);
    assertThat(tally().problem(1).isEmpty(), is(true));
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
    write(
        TestPipeline.fromOptions(options).enableAbandonedNodeEnforcement(false),
        pages(0, List.of(items)),
        Sinks.schemaOf(items).toJson(),
        view -> WriteFiles.to(place, format, view));
    WrittenFiles.File file = theFile();
    assertThat(file.items(), is(300L));
    assertThat(file.bytes(), greaterThan(5L << 20));
    assertThat(file.place(), startsWith(place + "/part-"));
    if (format != FileFormat.CSV && format != FileFormat.JSON) {
      assertSame(WholeFiles.items(format.name(), file.place()), items);
    }
  }

  private static List<List<SourcedItem>> manyPages() {
    Random random = new Random(5);
    List<List<SourcedItem>> pages = new ArrayList<>();
    for (int page = 0; page < 40; page++) {
      List<SourcedItem> items = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        items.add(Sinks.noise(page + "-" + i, 1_000, random));
      }
      pages.add(items);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void eachPartOfTheScanHasItsOwnFile(FileFormat format) throws Exception {
    List<List<SourcedItem>> few = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      few.add(List.of(Sinks.item("a" + i, Map.of()), Sinks.item("b" + i, Map.of())));
    }
    List<ItemPage> inParts = new ArrayList<>();
    for (ItemPage page : pages(0, few)) {
      inParts.add(page.inPart(page.mark().number() / 3));
    }
    write(
        inParts,
        Sinks.schemaOf(few.get(0)).toJson(),
        view -> WriteFiles.to(folder.toString(), format, view));
    assertThat(files().stream().map(WrittenFiles.File::items).toList(), is(List.of(6L, 6L)));
    assertThat(tally().items(), is(12L));
    assertThat(tally().problem(1).isEmpty(), is(true));
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void filesRollBySize(FileFormat format) throws Exception {
    List<List<SourcedItem>> pages = manyPages();
    write(
        pages(0, pages),
        Sinks.schemaOf(pages.get(0)).toJson(),
        view ->
            WriteFiles.to(folder.toString(), format, view)
                .withFileBytes(1_000_000)
                .withRandomOrder());
    List<WrittenFiles.File> files = files();
    // 4 MB of noise, which no format makes smaller.
    assertThat(files.size(), allOf(greaterThanOrEqualTo(4), not(greaterThan(6))));
    long items = 0;
    for (WrittenFiles.File file : files) {
      items += file.items();
      byte[] bytes = stored(file.place());
      assertThat(file.bytes(), is((long) bytes.length));
      assertThat(file.md5(), is(md5(bytes)));
    }
    assertThat(items, is(4_000L));
    assertThat(files.stream().filter(file -> file.bytes() >= 900_000).count(), greaterThan(2L));
    assertThat(tally().items(), is(4_000L));
    assertThat(tally().problem(1).isEmpty(), is(true));
    assertThat(
        "one is told as soon as it is closed", WRITTEN.size(), greaterThanOrEqualTo(files.size()));
    assertThat(
        listed(), containsInAnyOrder(files.stream().map(WrittenFiles.File::place).toArray()));
  }

  private List<String> listed() throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.map(Path::toString).sorted(Comparator.naturalOrder()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void pagesWithoutItemsMakeNoFileButCount(FileFormat format) throws Exception {
    write(
        pages(0, List.of(List.of(), List.of())),
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}",
        view -> WriteFiles.to(folder.toString(), format, view));
    assertThat(files(), is(List.of()));
    assertThat(tally().problem(1).isEmpty(), is(true));
    assertThat(listed(), is(List.of()));
  }

  @Test
  void noPagesAtAll() throws Exception {
    write(List.of(), "", view -> WriteFiles.to(folder.toString(), FileFormat.PARQUET, view));
    assertThat(WRITTEN.isEmpty(), is(true));
    assertThat(listed(), is(List.of()));
  }

  @Test
  void severalThreadsWriteOneFile() throws Exception {
    List<List<SourcedItem>> pages = manyPages();
    write(
        pages(0, pages),
        Sinks.schemaOf(pages.get(0)).toJson(),
        view -> WriteFiles.to(folder.toString(), FileFormat.PARQUET, view).withThreads(3));
    WrittenFiles.File file = theFile();
    assertThat(file.items(), is(4_000L));
    Set<SourcedItem> expected = new HashSet<>();
    pages.forEach(expected::addAll);
    Set<SourcedItem> read = new HashSet<>();
    WholeFiles.items("PARQUET", file.place())
        .forEach(item -> read.add(SourcedItem.withoutOrigin(item)));
    assertThat(read.equals(expected), is(true));
    assertThat(tally().problem(1).isEmpty(), is(true));
  }

  @Test
  void filesOfSeveralThreadsRollBySize() throws Exception {
    List<List<SourcedItem>> pages = manyPages();
    write(
        pages(0, pages),
        Sinks.schemaOf(pages.get(0)).toJson(),
        view ->
            WriteFiles.to(folder.toString(), FileFormat.PARQUET, view)
                .withFileBytes(1_000_000)
                .withThreads(2));
    assertThat(files().size(), allOf(greaterThanOrEqualTo(3), not(greaterThan(6))));
    assertThat(files().stream().mapToLong(WrittenFiles.File::items).sum(), is(4_000L));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 39})
  void anItemThatDoesNotFitFailsTheBundleWhicheverThreadWritesIt(int page) throws Exception {
    List<List<SourcedItem>> pages = manyPages();
    String schema = Sinks.schemaOf(pages.get(0)).toJson();
    pages.get(page).add(Sinks.item("odd", Map.of("b", fromS("a secret"))));
    Pipeline.PipelineExecutionException e =
        assertThrows(
            Pipeline.PipelineExecutionException.class,
            () ->
                write(
                    pages(0, pages),
                    schema,
                    view ->
                        WriteFiles.to(folder.toString(), FileFormat.PARQUET, view).withThreads(3)));
    assertThat(e.getMessage(), containsString("attribute 'b'"));
    assertThat(e.getMessage(), not(containsString("secret")));
    assertThat(files(), is(List.of()));
    assertThat(listed(), is(List.of()));
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO"})
  void anItemThatDoesNotFitFailsTheBundleAndLeavesNothing(FileFormat format) throws Exception {
    List<List<SourcedItem>> pages = manyPages();
    String schema = Sinks.schemaOf(pages.get(0)).toJson();
    pages.get(39).add(Sinks.item("odd", Map.of("b", fromS("a secret"))));
    Pipeline.PipelineExecutionException e =
        assertThrows(
            Pipeline.PipelineExecutionException.class,
            () ->
                write(
                    pages(0, pages),
                    schema,
                    view ->
                        WriteFiles.to(folder.toString(), format, view).withFileBytes(1_000_000)));
    assertThat(e.getMessage(), containsString("attribute 'b'"));
    assertThat(e.getMessage(), not(containsString("secret")));
    assertThat(files(), is(List.of()));
    assertThat(listed(), is(List.of()));
  }

  @Test
  void rowGroupsHaveTheSizeThatIsAskedFor() throws Exception {
    List<List<SourcedItem>> pages = manyPages();
    write(
        pages(0, pages),
        Sinks.schemaOf(pages.get(0)).toJson(),
        view ->
            WriteFiles.to(folder.toString(), FileFormat.PARQUET, view).withRowGroupBytes(1 << 20));
    assertThat(
        DuckDb.rowGroups(Path.of(theFile().place())),
        allOf(greaterThanOrEqualTo(3), not(greaterThan(5))));
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
