/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.SourcedItem;
import io.sluice.source.WholeFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that several threads write. */
class FilesOfThreadsTest {
  @TempDir Path folder;
  private Writings writings;

  @BeforeEach
  void open() {
    writings = new Writings(folder);
  }

  @Test
  void severalThreadsWriteOneFile() throws Exception {
    List<List<SourcedItem>> pages = Writings.manyPages();
    writings.write(
        pages, view -> WriteFiles.to(folder.toString(), FileFormat.PARQUET, view).withThreads(3));
    WrittenFiles.File file = writings.theFile();
    assertThat(file.items(), is(4_000L));
    Set<SourcedItem> expected = new HashSet<>();
    pages.forEach(expected::addAll);
    Set<SourcedItem> read = new HashSet<>();
    WholeFiles.items("PARQUET", file.place())
        .forEach(item -> read.add(SourcedItem.withoutOrigin(item)));
    assertThat(read.equals(expected), is(true));
    assertThat(writings.tally().problem(1).isEmpty(), is(true));
  }

  @Test
  void filesOfSeveralThreadsRollBySize() throws Exception {
    writings.write(
        Writings.manyPages(),
        view ->
            WriteFiles.to(folder.toString(), FileFormat.PARQUET, view)
                .withFileBytes(1_000_000)
                .withThreads(2));
    List<WrittenFiles.File> files = writings.files();
    assertThat(files.size(), allOf(greaterThanOrEqualTo(3), not(greaterThan(6))));
    assertThat(files.stream().mapToLong(WrittenFiles.File::items).sum(), is(4_000L));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 39})
  void anItemThatDoesNotFitFailsTheBundleWhicheverThreadWritesIt(int page) throws Exception {
    writings.assertUnfitItemFails(
        page, view -> WriteFiles.to(folder.toString(), FileFormat.PARQUET, view).withThreads(3));
  }
}
