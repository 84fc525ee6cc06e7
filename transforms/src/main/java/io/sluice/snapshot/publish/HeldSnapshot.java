/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.SnapshotState.HELD_MARK;
import static io.sluice.snapshot.SnapshotState.SUCCESS;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Run;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.catalog.GlueCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A snapshot that {@link PublishSnapshot#holding} has put in place.
 *
 * @param folder the folder of its table's snapshots
 * @param time the time in its name
 */
public record HeldSnapshot(TableFolder folder, SnapshotTime time) {

  private Folder place() {
    return Folder.of(folder.snapshot(time));
  }

  /** Reads its manifest; empty when no snapshot of that time is held. */
  public Optional<Manifest> manifest() throws IOException {
    return Snapshots.heldIn(place());
  }

  /**
   * Publishes it: writes {@code _SUCCESS}, updates the catalogs, and retires old snapshots. It may
   * be repeated any number of times, and goes on where another attempt was killed; one that is
   * published already stays as it is.
   *
   * @param keep how many snapshots of the table are kept; 0 for all
   * @param glue the catalog in which to register; null for none
   * @throws PublishException when there is none, one of its files is missing, or a catalog refuses
   */
  public PublishedSnapshot release(int keep, @Nullable GlueCatalog glue, PipelineOptions options)
      throws IOException {
    Folder place = place();
    Optional<Manifest> published = Snapshots.manifestIn(place);
    if (published.isPresent() && place.read(HELD_MARK).isEmpty()) {
      return new PublishedSnapshot(
          place.path(), published.get(), List.of("it was published already"));
    }
    Manifest manifest =
        (published.isPresent() ? published : manifest())
            .orElseThrow(() -> new PublishException(place + " has no snapshot that is held"));
    SnapshotTarget target = new SnapshotTarget(folder, time, Run.parse(manifest.run()));
    Optional<String> missing = new DataFileAudit(target, manifest).missing();
    if (missing.isPresent()) {
      throw new PublishException(
          "Nothing is published: %s%s is not there any more".formatted(place, missing.get()));
    }
    if (published.isEmpty()) {
      place.write(SUCCESS, new byte[0], "text/plain");
    }
    PublishSpec spec =
        new PublishSpec(target, manifest.format(), manifest.keySchema(), 1)
            .withKeep(keep)
            .withGlue(glue);
    List<String> notes = new PostPublish(spec, manifest, options).run();
    // Last: it says that something is left to be done.
    place.delete(Set.of(HELD_MARK));
    return new PublishedSnapshot(place.path(), manifest, notes);
  }
}
