/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileCompression;
import io.sluice.format.text.TextFormat;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.input.ManifestedFiles;
import io.sluice.source.DecompressedSize;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** When an import warns about its heap. */
class ImportHeapTest {
  private static final long MB = 1 << 20;

  /** A stand-in, by its name, for a runner that spills to disk. */
  private static final class FlinkRunner extends PipelineRunner<PipelineResult> {
    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException("no runner");
    }
  }

  private static MatchResult.Metadata file(String name, long bytes) {
    return MatchResult.Metadata.builder()
        .setResourceId(FileSystems.matchNewResource("/in/" + name, false))
        .setSizeBytes(bytes)
        .setIsReadSeekEfficient(true)
        .build();
  }

  private static @Nullable String warning(
      ImportOptions options, long heap, MatchResult.Metadata... files) throws IOException {
    return job(options, files).heapWarning(heap);
  }

  private static InputJob job(ImportOptions options, MatchResult.Metadata... files)
      throws IOException {
    // The files do not exist: only their names can show their compression.
    boolean named = files[0].resourceId().toString().endsWith(".gz");
    FileCompression compression = named ? FileCompression.AUTO : FileCompression.NONE;
    InputListing input =
        new InputListing(
            List.of("/in/*"),
            List.of(files),
            new TextFormat("line", 0),
            ManifestedFiles.NONE,
            DecompressedSize.of(List.of(files), compression),
            null);
    return new InputJob("import", options, null, input, null, 0, Instant.now());
  }

  private static ImportOptions options() {
    return PipelineOptionsFactory.fromArgs("--runner=DirectRunner").as(ImportOptions.class);
  }

  @Test
  void warnsWhereTheInputMayNotFit() throws IOException {
    MatchResult.Metadata[] two = {file("a.csv", 40 * MB), file("b.csv", 24 * MB)};
    assertThat(
        warning(options(), 256 * MB, two),
        startsWith(
            "the DirectRunner holds the whole input on the heap, and 64.0 MB may not fit into"
                + " 256.0 MB: give more (SLUICE_JAVA_OPTS=-Xmx"));
    assertThat(warning(options(), 264 * MB, two), is(nullValue()));
  }

  @Test
  void refusesWhatIsFarTooLargeBeforeItBegins() throws IOException {
    InputJob hopeless = job(options(), file("a.csv", 20 * Runtime.getRuntime().maxMemory()));
    JobException e = assertThrows(JobException.class, () -> hopeless.checkHeap(Printed.unread()));
    assertThat(e.getMessage(), containsString(" is over twenty times "));
    // It may compress well.
    job(options(), file("a.csv", 19 * Runtime.getRuntime().maxMemory()))
        .checkHeap(Printed.unread());
  }

  @Test
  void takesCompressedInputForFiveTimesItsSize() throws IOException {
    assertThat(
        warning(options(), 256 * MB, file("a.csv.gz", 16 * MB)),
        startsWith(
            "the DirectRunner holds the whole input on the heap, and about 80.0 MB may not fit"));
    assertThat(warning(options(), 256 * MB, file("a.csv.gz", 12 * MB)), is(nullValue()));
  }

  @Test
  void anEngineThatSpillsIsNotWarnedOf() throws IOException {
    ImportOptions flink = options();
    flink.setRunner(FlinkRunner.class);
    assertThat(warning(flink, 256 * MB, file("a.csv", 1_000 * MB)), is(nullValue()));
  }
}
