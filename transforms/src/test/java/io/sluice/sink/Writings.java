/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.testing.DirectRun;
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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionView;

/** Writes pages to a folder by {@link WriteFiles}, in one bundle, and keeps what it reports. */
final class Writings {
  private static final Map<String, Queue<WrittenFiles>> REPORTED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final Path folder;

  Writings(Path folder) {
    this.folder = folder;
    REPORTED.put(id, new ConcurrentLinkedQueue<>());
  }

  /** Makes the transform of a test. */
  interface Writing {
    WriteFiles to(PCollectionView<String> schema);
  }

  private static final class KeepFn extends DoFn<WrittenFiles, Void> {
    private static final long serialVersionUID = 1L;
    private final String id;

    KeepFn(String id) {
      this.id = id;
    }

    @ProcessElement
    public void processElement(@Element WrittenFiles written) {
      REPORTED.get(id).add(written);
    }
  }

  /** Returns the pages of a segment. */
  static List<ItemPage> pages(List<List<SourcedItem>> pages) {
    List<ItemPage> made = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      boolean last = i == pages.size() - 1;
      made.add(
          ItemPage.of(
              new ItemPage.Mark(0, 5, i, last, pages.get(i).size(), 0.5, 1_000 + i), pages.get(i)));
    }
    return made;
  }

  /** Returns 40 pages of 100 items of noise, 4 MB in all, which no format makes smaller. */
  static List<List<SourcedItem>> manyPages() {
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

  /** Writes pages whose items have the schema of the first page. */
  void write(List<List<SourcedItem>> pages, Writing writing) throws IOException, SQLException {
    write(pages(pages), Sinks.schemaOf(pages.get(0)).toJson(), writing);
  }

  void write(List<ItemPage> pages, String schema, Writing writing)
      throws IOException, SQLException {
    write(Outcomes.pipeline(), pages, schema, writing);
  }

  void write(Pipeline pipeline, List<ItemPage> pages, String schema, Writing writing)
      throws IOException, SQLException {
    PCollectionView<String> view =
        pipeline.apply("Schema", Create.of(schema)).apply("As a view", View.asSingleton());
    pipeline
        .apply("Pages", Create.of(List.of(pages)).withCoder(ListCoder.of(ItemPageCoder.of())))
        .apply("One bundle", Flatten.iterables())
        .apply("Write files", writing.to(view))
        .apply("Keep", ParDo.of(new KeepFn(id)));
    DirectRun.of(pipeline);
    for (WrittenFiles.File file : files()) {
      if (file.place().endsWith(".parquet")) {
        Path copy = Files.write(Files.createTempFile("written", ".parquet"), stored(file.place()));
        DuckDb.assertAgrees(copy);
        Files.delete(copy);
      }
    }
  }

  /**
   * Asserts that writing fails, without its contents in the message, when an item of another schema
   * is at the end of one of many pages, and that no file is left.
   */
  void assertUnfitItemFails(int page, Writing writing) throws IOException {
    List<List<SourcedItem>> pages = manyPages();
    String schema = Sinks.schemaOf(pages.get(0)).toJson();
    pages.get(page).add(Sinks.item("odd", Map.of("b", fromS("a secret"))));
    Pipeline.PipelineExecutionException e =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> write(pages(pages), schema, writing));
    assertThat(e.getMessage(), containsString("attribute 'b'"));
    assertThat(e.getMessage(), not(containsString("secret")));
    assertThat(files(), is(List.of()));
    assertThat(listed(), is(List.of()));
  }

  /** Returns what was reported: each time the files that were complete. */
  Queue<WrittenFiles> reported() {
    return REPORTED.get(id);
  }

  List<WrittenFiles.File> files() {
    return reported().stream().flatMap(written -> written.files().stream()).toList();
  }

  ScanCompleteness tally() {
    ScanCompleteness sum = new ScanCompleteness();
    reported().forEach(written -> sum.add(written.scan()));
    return sum;
  }

  /** Returns the only file, after checking that it is as reported. */
  WrittenFiles.File theFile() throws IOException {
    assertThat(files().size(), is(1));
    assertAsReported(files().get(0));
    return files().get(0);
  }

  static void assertAsReported(WrittenFiles.File file) throws IOException {
    byte[] bytes = stored(file.place());
    assertThat(file.bytes(), is((long) bytes.length));
    assertThat(file.md5(), is(md5(bytes)));
  }

  /** Returns the files that are in the folder. */
  List<String> listed() throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.map(Path::toString).sorted(Comparator.naturalOrder()).toList();
    }
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
}
