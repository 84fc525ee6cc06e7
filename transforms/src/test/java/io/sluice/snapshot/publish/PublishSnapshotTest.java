/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.registry.FileFormat;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.DirectRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole transform. */
class PublishSnapshotTest {
  private static final PipelineOptions OPTIONS = Place.options();

  @TempDir Path folder;

  private static PCollection<PublishedSnapshot> publish(
      Pipeline pipeline, SnapshotTarget target, List<WrittenFiles> written) {
    PCollectionView<String> schema =
        pipeline
            .apply("Schema", Create.of(Scans.SCHEMA).withCoder(StringUtf8Coder.of()))
            .apply(View.asSingleton());
    return pipeline
        .apply("Written", Create.of(written).withCoder(SerializableCoder.of(WrittenFiles.class)))
        .apply(
            PublishSnapshot.to(target, FileFormat.JSON, Scans.KEY, 1, schema)
                .withOptions(Map.of("readRatio", "0.5"))
                .keeping(2));
  }

  /** Returns the output of three bundles, one of which wrote nothing. */
  private static List<WrittenFiles> bundles(SnapshotTarget target) throws IOException {
    return List.of(
        new WrittenFiles(List.of(Scans.stage(target, "b.json", "1\n", 1)), Scans.page(0, false, 1)),
        new WrittenFiles(
            List.of(Scans.stage(target, "a.json", "2\n3\n", 2)), Scans.page(2, true, 2)),
        new WrittenFiles(List.of(), Scans.page(1, false, 0)));
  }

  @ParameterizedTest
  @EnumSource
  void publishesAndPublishesAgain(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t", Scans.START);
    for (int i = 0; i < 2; i++) {
      Pipeline pipeline = Pipeline.create(OPTIONS);
      PCollection<PublishedSnapshot> published = publish(pipeline, target, bundles(target));
      PAssert.thatSingleton(published)
          .satisfies(
              snapshot -> {
                assertThat(snapshot.manifest().items(), is(3L));
                assertThat(snapshot.manifest().options(), is(Map.of("readRatio", "0.5")));
                assertThat(snapshot.manifest().files().get(0).bytes(), is(4L));
                assertThat(snapshot.notes(), is(List.of()));
                return null;
              });
      pipeline.run().waitUntilFinish();
    }
    Snapshots.Snapshot latest = Snapshots.under(target.folder().output()).latest("t").orElseThrow();
    assertThat(latest.manifest().run(), is(target.run().id()));
    assertThat(Folder.of(target.staging()).list().size(), is(0));
  }

  @ParameterizedTest
  @EnumSource
  void aPageThatIsMissing(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t", Scans.START);
    Pipeline pipeline = Pipeline.create(OPTIONS);
    publish(pipeline, target, bundles(target).subList(0, 2));
    Exception e = assertThrows(Exception.class, () -> DirectRun.of(pipeline));
    assertThat(e.toString(), containsString("Nothing is published: of 1 segments"));
    assertThat(Snapshots.under(target.folder().output()).latest().size(), is(0));
  }
}
