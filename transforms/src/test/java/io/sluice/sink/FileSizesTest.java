/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many files {@link WriteFiles} writes, and how large they and their row groups are. */
class FileSizesTest {
  @TempDir Path folder;
  private Writings writings;

  @BeforeEach
  void open() {
    writings = new Writings(folder);
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void eachPartOfTheScanHasItsOwnFile(FileFormat format) throws Exception {
    List<List<SourcedItem>> few = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      few.add(List.of(Sinks.item("a" + i, Map.of()), Sinks.item("b" + i, Map.of())));
    }
    List<ItemPage> inParts = new ArrayList<>();
    for (ItemPage page : Writings.pages(few)) {
      inParts.add(page.inPart(page.mark().number() / 3));
    }
    writings.write(
        inParts,
        Sinks.schemaOf(few.get(0)).toJson(),
        view -> WriteFiles.to(folder.toString(), format, view));
    assertThat(
        writings.files().stream().map(WrittenFiles.File::items).toList(), is(List.of(6L, 6L)));
    assertThat(writings.tally().items(), is(12L));
    assertThat(writings.tally().problem(1).isEmpty(), is(true));
  }

  @ParameterizedTest
  @MethodSource("io.sluice.format.registry.FileFormat#written")
  void filesRollBySize(FileFormat format) throws Exception {
    writings.write(
        Writings.manyPages(),
        view ->
            WriteFiles.to(folder.toString(), format, view)
                .withFileBytes(1_000_000)
                .withRandomOrder());
    List<WrittenFiles.File> files = writings.files();
    assertThat(files.size(), allOf(greaterThanOrEqualTo(4), not(greaterThan(6))));
    for (WrittenFiles.File file : files) {
      Writings.assertAsReported(file);
    }
    assertThat(files.stream().mapToLong(WrittenFiles.File::items).sum(), is(4_000L));
    assertThat(files.stream().filter(file -> file.bytes() >= 900_000).count(), greaterThan(2L));
    assertThat(writings.tally().items(), is(4_000L));
    assertThat(writings.tally().problem(1).isEmpty(), is(true));
    assertThat(
        "one is reported as soon as it is closed",
        writings.reported().size(),
        greaterThanOrEqualTo(files.size()));
    assertThat(
        writings.listed(),
        containsInAnyOrder(files.stream().map(WrittenFiles.File::place).toArray()));
  }

  @Test
  void rowGroupsHaveTheSizeThatIsAskedFor() throws Exception {
    writings.write(
        Writings.manyPages(),
        view ->
            WriteFiles.to(folder.toString(), FileFormat.PARQUET, view).withRowGroupBytes(1 << 20));
    assertThat(
        DuckDb.rowGroups(Path.of(writings.theFile().place())),
        allOf(greaterThanOrEqualTo(3), not(greaterThan(5))));
  }
}
