/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.ReaderSettings;
import io.sluice.format.RecordReader;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Buckets;
import io.sluice.sink.EmptyFile;
import io.sluice.sink.Sinks;
import io.sluice.sink.WrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contract of every format that an export writes. */
class WrittenFormatContractTest {
  private static final String WRITTEN = "io.sluice.format.registry.FileFormat#written";

  @TempDir Path folder;

  private MatchResult.Metadata write(FileFormat format, List<SourcedItem> items)
      throws IOException {
    Path file = folder.resolve("part-0" + format.output().suffix());
    Sinks.write(file, format, Sinks.schemaOf(items), items);
    return FileSystems.matchSingleFileSpec(file.toString());
  }

  private static List<SourcedItem> numbered(int count) {
    Random random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(i -> Sinks.noise("%06d".formatted(i), 400, random))
        .toList();
  }

  @ParameterizedTest
  @MethodSource(WRITTEN)
  void isLosslessIfAndOnlyIfItemsComeBackAsTheyWere(FileFormat format) throws IOException {
    List<SourcedItem> items = Sinks.everyType();
    String file = write(format, items).resourceId().toString();
    List<Map<String, AttributeValue>> read = WholeFiles.items(format.name(), file);
    boolean isSame = read.size() == items.size();
    for (int i = 0; isSame && i < read.size(); i++) {
      isSame = ItemDiff.differing(read.get(i), items.get(i).item()).isEmpty();
    }
    assertThat(isSame, is(format.output().isLossless()));
  }

  @ParameterizedTest
  @MethodSource(WRITTEN)
  void everyItemIsInJustOnePartOfAFile(FileFormat format) throws Exception {
    List<SourcedItem> items = numbered(3_000);
    MatchResult.Metadata file = write(format, items);
    SliceReader.Recipe recipe =
        new SliceReader.Recipe(format.reader(ReaderSettings.NONE), KeyFrom.RECORD, null, List.of());
    List<String> read = new ArrayList<>();
    for (ItemSource part :
        ItemSource.of(FileSelection.of(List.of(file)), recipe, Buckets.ONE, 1)
            .split(64 << 10, PipelineOptionsFactory.create())) {
      SourceItems.of(part).forEach(item -> read.add(item.item().get("pk").s()));
    }
    assertThat(
        read.stream().sorted().toList(),
        equalTo(items.stream().map(item -> item.item().get("pk").s()).toList()));
  }

  @ParameterizedTest
  @MethodSource(WRITTEN)
  void isRecognised(FileFormat format) throws IOException {
    MatchResult.Metadata file = write(format, Sinks.everyType());
    assertThat(
        FormatDetector.detect(
            file.resourceId().getFilename(), InputFiles.head(file, FileCompression.AUTO)),
        equalTo(new FormatDetector.Found(format)));
  }

  @ParameterizedTest
  @MethodSource(WRITTEN)
  void theEndStaysTheEndAndClosingTwiceDoesNoHarm(FileFormat format) throws IOException {
    MatchResult.Metadata file = write(format, numbered(1));
    RecordReader records =
        format
            .reader(ReaderSettings.NONE)
            .open(FileSlice.whole(file.resourceId(), file.sizeBytes()));
    assertThat(records.next(), is(true));
    assertThat(records.next(), is(false));
    assertThat(records.next(), is(false));
    records.close();
    records.close();
  }

  @ParameterizedTest
  @MethodSource(WRITTEN)
  void aFileOfNoItemsIsOneToReadersToo(FileFormat format) throws IOException {
    WrittenFiles.File file =
        EmptyFile.in(folder.toString(), format, Sinks.schemaOf(Sinks.everyType()));
    assertThat(file.items(), is(0L));
    assertThat(Files.size(Path.of(file.place())), is(file.bytes()));
    assertThat(WholeFiles.items(format.name(), file.place()), is(empty()));
  }
}
