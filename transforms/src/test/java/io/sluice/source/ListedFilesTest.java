/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.UnreadableFileException;
import io.sluice.format.text.TextFormat;
import io.sluice.item.page.Buckets;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Listed files are read, and no others; a missing one is reported. */
class ListedFilesTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();

  @TempDir Path folder;

  private static ItemSource source(FileSelection selection) {
    return ItemSource.of(
        selection,
        new SliceReader.Recipe(new TextFormat("line", 0), KeyFrom.RECORD, null, List.of()),
        Buckets.ONE,
        1);
  }

  private static List<String> lines(ItemSource source) throws IOException {
    return SourceItems.of(source).stream().map(item -> item.item().get("line").s()).toList();
  }

  @Test
  void aFileThatIsGoneFailsTheJobByName() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "a\n");
    Path b = Files.writeString(folder.resolve("b.txt"), "b\n");
    List<MatchResult.Metadata> files = InputFiles.match(List.of(folder + "/*"));
    Files.delete(b);
    Files.writeString(folder.resolve("c.txt"), "c\n");
    for (FileSelection selection :
        List.of(FileSelection.of(files), SerializableUtils.clone(FileSelection.of(files)))) {
      String gone = b + " is not there any more: it was when the input was listed";
      UnreadableFileException reading =
          assertThrows(UnreadableFileException.class, () -> lines(source(selection)));
      assertThat(reading.getMessage(), is(gone));
      UnreadableFileException splitting =
          assertThrows(UnreadableFileException.class, () -> source(selection).split(1, OPTIONS));
      assertThat(splitting.getMessage(), is(gone));
    }
  }

  @Test
  void patternsAreListedOnce() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "a\n");
    Path b = Files.writeString(folder.resolve("b.txt"), "b\n");
    ItemSource source = source(FileSelection.matching(List.of(folder + "/*")));
    assertThat(source.getEstimatedSizeBytes(OPTIONS), is(4L));
    Files.delete(b);
    UnreadableFileException e =
        assertThrows(UnreadableFileException.class, () -> source.split(1, OPTIONS));
    assertThat(e.file(), is(b.toString()));
  }

  @Test
  void anObjectThatIsGoneFailsTheJobByName() throws Exception {
    LocalAws aws = LocalAws.shared();
    LocalS3.options(aws);
    String prefix = "listed-" + UUID.randomUUID() + "/";
    for (String name : List.of("a", "b\nc")) {
      aws.s3()
          .putObject(r -> r.bucket(aws.bucket()).key(prefix + name), RequestBody.fromString(name));
    }
    String url = "s3://" + aws.bucket() + "/" + prefix;
    FileSelection all =
        SerializableUtils.clone(FileSelection.of(InputFiles.match(List.of(url + "**"))));
    assertThat(lines(source(all)), contains("a", "b", "c"));
    aws.s3().deleteObject(r -> r.bucket(aws.bucket()).key(prefix + "a"));
    UnreadableFileException e =
        assertThrows(UnreadableFileException.class, () -> lines(source(all)));
    assertThat(
        e.getMessage(), is(url + "a is not there any more: it was when the input was listed"));
  }

  @Test
  void aLongListIsSmallOnItsWay() throws Exception {
    List<MatchResult.Metadata> files = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String name =
          "/lake/table/dt=2024-%02d-%02d/part-%05d-%s.snappy.parquet"
              .formatted(1 + i % 12, 1 + i % 28, i, new UUID(i * 0x9E3779B97F4A7C15L, i));
      files.add(
          MatchResult.Metadata.builder()
              .setResourceId(FileSystems.matchNewResource(name, false))
              .setSizeBytes(1_000_000 + i * 7919L % 1000)
              .setLastModifiedMillis(1_700_000_000_000L + i * 1000L)
              .setIsReadSeekEfficient(true)
              .build());
    }
    ItemSource source = source(FileSelection.of(files));
    byte[] bytes = SerializableUtils.serializeToByteArray(source);
    assertThat("bytes for a file", bytes.length / files.size(), lessThan(40));
    ItemSource there = (ItemSource) SerializableUtils.deserializeFromByteArray(bytes, "the source");
    assertThat(
        there.getEstimatedSizeBytes(OPTIONS),
        is(files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum()));
  }
}
