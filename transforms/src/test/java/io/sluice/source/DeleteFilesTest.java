/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.Reason;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteFilesTest {
  private static final Tally DONE =
      new Tally(Map.of(Count.READ, 2L, Count.WRITTEN, 2L), Map.of(), List.of());
  private static final Tally ONE_REJECTED =
      new Tally(Map.of(Count.READ, 2L, Count.WRITTEN, 1L), Map.of(Reason.HEADER, 1L), List.of());
  private static final Tally ONE_LOST =
      new Tally(Map.of(Count.READ, 2L, Count.WRITTEN, 1L), Map.of(), List.of());

  @TempDir Path folder;
  private Path a;
  private Path b;
  private List<MatchResult.Metadata> listed;

  @BeforeEach
  void write() throws IOException {
    a = Files.writeString(folder.resolve("a.csv"), "1\n");
    b = Files.writeString(folder.resolve("b.csv"), "2\n");
    listed = FileSystems.match(folder + "/*").metadata();
  }

  private static void run(DeleteFiles delete, Tally tally) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(tally).withCoder(SerializableCoder.of(Tally.class))).apply(delete);
    DirectRun.of(pipeline);
  }

  @Test
  void deletesWhatWasListedAndNothingElse() throws IOException {
    Path later = Files.writeString(folder.resolve("c.csv"), "3\n");
    run(DeleteFiles.of(listed), DONE);
    assertThat(Files.exists(a) || Files.exists(b), is(false));
    assertThat(Files.exists(later), is(true));
    // Again, as a retry does.
    run(DeleteFiles.of(listed), DONE);
  }

  @Test
  void keepsAllWhenNotAllIsWritten() {
    run(DeleteFiles.of(listed), ONE_REJECTED);
    run(DeleteFiles.of(listed).unlessRejectedOver(9), ONE_LOST);
    assertThat(Files.exists(a) && Files.exists(b), is(true));
    run(DeleteFiles.of(listed).unlessRejectedOver(1), ONE_REJECTED);
    assertThat(Files.exists(a) || Files.exists(b), is(false));
  }

  @Test
  void keepsAllWhenOneHasChanged() throws IOException {
    Files.writeString(b, "2\n3\n");
    Exception failure = assertThrows(Exception.class, () -> run(DeleteFiles.of(listed), DONE));
    assertThat(failure.toString(), containsString("b.csv has changed since it was read"));
    assertThat(Files.exists(a) && Files.exists(b), is(true));
  }

  @Test
  void refusesNamesWithWildcards() throws IOException {
    Path wild = Files.writeString(folder.resolve("a[1].csv"), "4\n");
    MatchResult.Metadata file =
        MatchResult.Metadata.builder()
            .setResourceId(FileSystems.matchNewResource(wild.toString(), false))
            .setSizeBytes(2)
            .setIsReadSeekEfficient(true)
            .build();
    assertThat(DeleteFiles.isDeletable(file), is(false));
    assertThrows(IllegalArgumentException.class, () -> DeleteFiles.of(List.of(file)));
  }
}
