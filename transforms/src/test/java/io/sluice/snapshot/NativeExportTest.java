/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.ContentCheck;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.publish.Publication;
import io.sluice.snapshot.publish.PublishAction;
import io.sluice.snapshot.publish.PublishSnapshot;
import io.sluice.snapshot.publish.PublishSpec;
import io.sluice.source.KeyFrom;
import io.sluice.source.ReadItems;
import io.sluice.testing.LocalAws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A DYNAMODB_JSON snapshot, as seen by readers of DynamoDB's own exports. */
class NativeExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PipelineOptions OPTIONS = Place.options();

  @TempDir Path folder;

  private static WrittenFiles.File stage(SnapshotTarget target, String name, String... ids)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (String id : ids) {
        out.write("{\"Item\":{\"id\":{\"S\":\"%s\"}}}%n".formatted(id).getBytes(UTF_8));
      }
    }
    Folder.of(target.staging()).write(name, bytes.toByteArray(), "application/gzip");
    return new WrittenFiles.File(
        target.staging() + name, ids.length, bytes.size(), Scans.md5(bytes.toByteArray()));
  }

  private static PublishSpec spec(SnapshotTarget target) {
    return Scans.spec(target, FileFormat.DYNAMODB_JSON);
  }

  private static String text(Folder folder, String name) throws IOException {
    return new String(folder.read(name).orElseThrow(), UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void isReadAsOne(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t.1", Scans.START);
    ScanCompleteness scan = Scans.page(0, true, 3);
    WrittenFiles written =
        new WrittenFiles(
            List.of(
                stage(target, "part-2.json.gz", "c"), stage(target, "part-1.json.gz", "a", "b")),
            scan);
    PublishedSnapshot published =
        PublishSnapshot.publish(spec(target), written, Scans.SCHEMA, OPTIONS);

    Folder snapshot = Folder.of(published.place());
    String export = "AWSDynamoDB/" + target.run().exportId() + "/";
    assertThat(
        snapshot.list().keySet(),
        containsInAnyOrder(
            "_SUCCESS",
            "_manifest.json",
            "_started",
            export + "_started",
            export + "data/part-1.json.gz",
            export + "data/part-2.json.gz",
            export + "manifest-files.json",
            export + "manifest-files.md5",
            export + "manifest-summary.json",
            export + "manifest-summary.md5"));
    for (String name : List.of("manifest-files", "manifest-summary")) {
      assertThat(
          text(snapshot, export + name + ".md5"),
          is(Scans.md5(snapshot.read(export + name + ".json").orElseThrow())));
    }

    // An import recognises it as one, and reads the files that it lists.
    String exported = published.place() + export;
    assertThat(ExportManifest.folderOf(exported), is(exported));
    ExportManifest manifest = ExportManifest.read(exported);
    assertThat(manifest.files().size(), is(2));
    assertThat(manifest.checks().values().stream().mapToLong(ContentCheck::items).sum(), is(3L));

    // Relative to the bucket's root, or to the output where there is no bucket.
    String root =
        place == Place.S3
            ? "s3://" + LocalAws.shared().bucket() + "/"
            : target.folder().output() + "/";
    String prefix = published.place().substring(root.length());
    JsonNode summary = JSON.readTree(text(snapshot, export + "manifest-summary.json"));
    assertThat(
        summary,
        is(
            JSON.readTree(
                """
                {"version":"2020-06-30",
                 "exportArn":"arn:aws:dynamodb:::table/t.1/export/%s",
                 "startTime":"2026-01-31T23:26:00.123Z","endTime":"2026-01-31T23:26:01Z",
                 "tableArn":"arn:aws:dynamodb:::table/t.1","tableId":null,
                 "exportTime":"2026-01-31T23:26:01Z",
                 "s3Bucket":%s,"s3Prefix":"%s","s3SseAlgorithm":null,"s3SseKmsKeyId":null,
                 "manifestFilesS3Key":"%s","billedSizeBytes":0,"itemCount":3,
                 "outputFormat":"DYNAMODB_JSON","exportType":"FULL_EXPORT"}\
                """
                    .formatted(
                        target.run().exportId(),
                        place == Place.S3 ? "\"" + LocalAws.shared().bucket() + "\"" : "null",
                        prefix.substring(0, prefix.length() - 1),
                        prefix + export + "manifest-files.json"))));

    // Like a reader: by the keys in the manifest, with checks.
    TreeMap<String, Long> files = new TreeMap<>();
    List<String> places = new ArrayList<>();
    for (String line : text(snapshot, export + "manifest-files.json").split("\n")) {
      JsonNode file = JSON.readTree(line);
      String at = root + file.get("dataFileS3Key").textValue();
      places.add(at);
      byte[] bytes = snapshot.read(snapshot.nameOf(at)).orElseThrow();
      assertThat(file.get("md5Checksum").textValue(), is(Scans.md5(bytes)));
      files.put(snapshot.nameOf(at), file.get("itemCount").longValue());
    }
    assertThat(
        files,
        is(
            new TreeMap<>(
                Map.of(
                    export + "data/part-1.json.gz", 2L,
                    export + "data/part-2.json.gz", 1L))));
    assertImported(places);
    assertImported(List.of(published.place() + export + "data/*.json.gz"));
  }

  private static void assertImported(List<String> patterns) throws IOException {
    Pipeline pipeline = Pipeline.create(OPTIONS);
    PAssert.that(
            pipeline
                .apply(
                    ReadItems.from(patterns, new DynamoDbJsonFormat())
                        .withKey(Scans.KEY, KeyFrom.RECORD))
                .items()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via((SourcedItem item) -> item.item().get("id").s())))
        .containsInAnyOrder("a", "b", "c");
    pipeline.run().waitUntilFinish();
  }

  /** The manifests have fixed names: an attempt that comes too late writes them again. */
  @ParameterizedTest
  @EnumSource
  void listsTheFilesOfTheAttemptThatPublished(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t", Scans.START);
    ScanCompleteness scan = Scans.page(0, true, 1);
    Publication late =
        new Publication(
            spec(target),
            new WrittenFiles(List.of(stage(target, "part-late.json.gz", "a")), scan),
            Scans.SCHEMA);
    Publication other =
        new Publication(
            spec(target),
            new WrittenFiles(List.of(stage(target, "part-other.json.gz", "a")), scan),
            Scans.SCHEMA);
    List<PublishAction> actions = new ArrayList<>(late.actions());
    actions.replaceAll(
        action ->
            action.name().equals("native files")
                ? new PublishAction(
                    action.name(),
                    () -> {
                      other.run(other.actions());
                      action.body().run();
                    })
                : action);
    late.run(actions);
    Folder export = Folder.of(target.snapshot() + "AWSDynamoDB/" + target.run().exportId() + "/");
    assertThat(export.list("data/*").keySet(), containsInAnyOrder("data/part-other.json.gz"));
    String list = text(export, "manifest-files.json");
    assertThat(list, containsString("part-other"));
    assertThat(text(export, "manifest-files.md5"), is(Scans.md5(list.getBytes(UTF_8))));
  }

  @ParameterizedTest
  @EnumSource
  void dataOfAnAttemptThatWasKilledIsRemoved(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t", Scans.START);
    WrittenFiles written =
        new WrittenFiles(List.of(stage(target, "part-1.json.gz", "a")), Scans.page(0, true, 1));
    PublishSnapshot.publish(spec(target), written, Scans.SCHEMA, OPTIONS);
    Folder snapshot = Folder.of(target.snapshot());
    snapshot.write("part-2.json.gz", new byte[1], "text/plain");
    TreeMap<String, Long> files = snapshot.list();
    String data = "AWSDynamoDB/" + target.run().exportId() + "/data/";
    snapshot.write(data + "part-2.json.gz", new byte[1], "text/plain");
    PublishSnapshot.publish(spec(target), written, Scans.SCHEMA, OPTIONS);
    assertThat(snapshot.list(), is(files));
  }

  /** The manifests of two attempts have the same length. */
  @ParameterizedTest
  @EnumSource
  void isNotPublishedBesideTheListOfAnotherAttempt(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t", Scans.START);
    ScanCompleteness scan = Scans.page(0, true, 1);
    List<Publication> attempts = new ArrayList<>();
    for (String name : List.of("part-1.json.gz", "part-2.json.gz")) {
      attempts.add(
          new Publication(
              spec(target),
              new WrittenFiles(List.of(stage(target, name, "a")), scan),
              Scans.SCHEMA));
    }
    List<PublishAction> actions = new ArrayList<>(attempts.get(0).actions());
    PublishAction others = attempts.get(1).actions().get(6);
    assertThat(others.name(), is("native files"));
    actions.add(actions.size() - 2, others);
    Exception e = assertThrows(PublishException.class, () -> attempts.get(0).run(actions));
    assertThat(e.getMessage(), containsString("manifest-files.json is not what was written"));
  }

  /** An empty table has a manifest that lists no files. */
  @ParameterizedTest
  @EnumSource
  void ofNothing(Place place) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(place.newOutput(folder), "t", Scans.START);
    String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/t";
    PublishSnapshot.publish(
        spec(target).withTableArn(arn),
        new WrittenFiles(List.of(), Scans.page(0, true, 0)),
        Scans.SCHEMA,
        OPTIONS);
    Folder export = Folder.of(target.snapshot() + "AWSDynamoDB/" + target.run().exportId());
    assertThat(text(export, "manifest-files.json"), is(""));
    JsonNode summary = JSON.readTree(text(export, "manifest-summary.json"));
    assertThat(summary.get("itemCount").intValue(), is(0));
    assertThat(summary.get("tableArn").textValue(), is(arn));
    assertThat(
        summary.get("exportArn").textValue(), is(arn + "/export/" + target.run().exportId()));
  }
}
