/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.change.history.FindItem;
import io.sluice.failure.Rejection;
import io.sluice.format.ContentCheck;
import io.sluice.format.ReaderSettings;
import io.sluice.item.page.Buckets;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.snapshot.Manifest;
import io.sluice.source.KeyFrom;
import io.sluice.source.ReadItems;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * A published snapshot that has all items of its table, with all of their types.
 *
 * @param place its folder, ending in a slash
 * @param manifest its manifest
 */
public record WholeSnapshot(String place, Manifest manifest) {

  /**
   * Checks that it is one.
   *
   * @throws JobException when its format loses types, or it has a part of the table only
   */
  public WholeSnapshot {
    if (!manifest.format().output().isLossless()) {
      throw new JobException(
          "%s is in %s, which loses types: it must be in a format that keeps them"
              .formatted(place, manifest.format()));
    }
    for (String part : List.of("index", "filter", "projection")) {
      if (manifest.options().containsKey(part)) {
        throw new JobException(
            "%s was exported with --%s, so it is not the whole table".formatted(place, part));
      }
    }
  }

  /**
   * Reads its items, with their keys, into these buckets. A record that is no item fails the job.
   *
   * @throws JobException when a file is missing or has another length
   */
  public PTransform<PBegin, PCollection<SourcedPage>> read(int buckets) {
    Located located = located();
    return new ReadFiles(
        ReadItems.ofFiles(located.files, manifest.format().reader(ReaderSettings.NONE))
            .withChecks(located.checks)
            .withKey(manifest.keySchema(), KeyFrom.RECORD)
            .intoBuckets(Buckets.byKey(buckets)));
  }

  /**
   * Returns what finds single items, without a pipeline.
   *
   * @throws JobException when a file is missing or has another length
   */
  public FindItem search() {
    Located located = located();
    return FindItem.in(
        located.files,
        located.checks,
        manifest.format().reader(ReaderSettings.NONE),
        manifest.keySchema());
  }

  /** Its files where they are, and what the manifest says of them, by name. */
  private record Located(List<MatchResult.Metadata> files, Map<String, ContentCheck> checks) {}

  private Located located() {
    List<Manifest.File> listed = manifest.files();
    List<List<MatchResult.Metadata>> found = find(listed);
    List<MatchResult.Metadata> files = new ArrayList<>();
    Map<String, ContentCheck> checks = new HashMap<>();
    for (int i = 0; i < listed.size(); i++) {
      Manifest.File file = listed.get(i);
      if (found.get(i).isEmpty() || found.get(i).get(0).sizeBytes() != file.bytes()) {
        throw new JobException(
            place + file.name() + " is missing, or has another length than its manifest says");
      }
      files.add(found.get(i).get(0));
      checks.put(
          found.get(i).get(0).resourceId().toString(),
          new ContentCheck(ContentCheck.Lister.SNAPSHOT, file.items(), file.md5()));
    }
    return new Located(files, checks);
  }

  private List<List<MatchResult.Metadata>> find(List<Manifest.File> listed) {
    try {
      return Storage.find(listed.stream().map(file -> place + file.name()).toList());
    } catch (IOException e) {
      throw new JobException(place + ": " + UserMessages.oneLine(e), e);
    }
  }

  private static final class ReadFiles extends PTransform<PBegin, PCollection<SourcedPage>> {
    private static final long serialVersionUID = 1L;
    private final ReadItems files;

    ReadFiles(ReadItems files) {
      this.files = files;
    }

    @Override
    public PCollection<SourcedPage> expand(PBegin begin) {
      Outcome read = begin.apply("Read", files);
      read.rejections().apply("No rejections", ParDo.of(new RefuseFn()));
      read.tallies().apply("No tallies", ParDo.of(new DropFn()));
      return read.pages();
    }
  }

  /** A snapshot of ours has no record that is no item. */
  private static final class RefuseFn extends DoFn<Rejection, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element Rejection rejection) {
      throw new IllegalStateException(
          "the snapshot has a record that is no item, at %d of %s: %s"
              .formatted(
                  rejection.origin().offset(), rejection.origin().file(), rejection.message()));
    }
  }

  /** Counts are taken where the items are used. */
  private static final class DropFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement() {}
  }
}
