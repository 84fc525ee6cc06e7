/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.change.history.FindItem;
import io.sluice.format.ContentCheck;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.Manifest;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.PTransform;
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
   * @param threads of each reader, 1 or more
   * @throws JobException when a file is missing or has another length
   */
  public PTransform<PBegin, PCollection<SourcedPage>> read(int buckets, int threads) {
    return located().read(manifest.keySchema(), buckets, threads);
  }

  /**
   * Returns what finds single items, without a pipeline.
   *
   * @throws JobException when a file is missing or has another length
   */
  public FindItem search() {
    return located().search(manifest.keySchema());
  }

  private WholeFiles located() {
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
    return new WholeFiles(files, checks, manifest.format());
  }

  private List<List<MatchResult.Metadata>> find(List<Manifest.File> listed) {
    try {
      return Storage.find(listed.stream().map(file -> place + file.name()).toList());
    } catch (IOException e) {
      throw new JobException(place + ": " + UserMessages.oneLine(e), e);
    }
  }
}
