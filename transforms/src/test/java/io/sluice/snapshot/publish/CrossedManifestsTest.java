/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.publish.Publications.assertClean;
import static io.sluice.snapshot.publish.Publications.oneFile;
import static io.sluice.snapshot.publish.Publications.publish;
import static io.sluice.snapshot.publish.Publications.published;
import static io.sluice.snapshot.publish.Publications.target;
import static io.sluice.snapshot.publish.Publications.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ManifestJson;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts A and B whose manifests cross: what is published lists files that are there. */
class CrossedManifestsTest {
  @TempDir Path folder;

  @BeforeAll
  static void reachFileSystems() {
    Place.options();
  }

  /** Attempt A clears the files of attempt B, which writes its manifest nevertheless. */
  private static final class Crossed {
    final PublishSpec spec;
    final WrittenFiles written;
    final Publication first;
    final Publication other;
    final List<PublishAction> actions;
    final List<PublishAction> rest;

    /**
     * Prepares both attempts.
     *
     * @param at the action of A before which B writes its manifest
     */
    Crossed(String output, String at) throws IOException {
      spec = Scans.spec(target(output, 0));
      written = Scans.twoFiles(spec.target());
      first = new Publication(spec, written, Scans.SCHEMA);
      other = new Publication(spec, Scans.twoOthers(spec.target()), Scans.SCHEMA);
      for (PublishAction action : other.actions().subList(0, 8)) {
        action.body().run();
      }
      PublishAction manifest = other.actions().get(8);
      rest = other.actions().subList(9, other.actions().size());
      actions = new ArrayList<>(first.actions());
      actions.replaceAll(
          action ->
              action.name().equals(at)
                  ? new PublishAction(
                      at,
                      () -> {
                        manifest.body().run();
                        assertThat(manifest.name(), is("manifest"));
                        action.body().run();
                      })
                  : action);
    }

    String inPlace() throws IOException {
      return text(Folder.of(spec.target().snapshot()), "_manifest.json");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theManifestOfAnotherIsNotPublished(Place place) throws IOException {
    Crossed crossed = new Crossed(place.newOutput(folder), "verify");
    Exception e = assertThrows(PublishException.class, () -> crossed.first.run(crossed.actions));
    assertThat(e.getMessage(), containsString("_manifest.json is not what was written"));
    String own =
        ManifestJson.write(
            PublishPlan.of(
                    crossed.spec,
                    crossed.written,
                    Scans.SCHEMA,
                    Folder.of(crossed.spec.target().staging())::nameOf)
                .manifest());
    assertThat(crossed.inPlace().equals(own), is(false));
    assertThat(crossed.inPlace().length(), is(own.length()));
    assertThrows(PublishException.class, () -> crossed.other.run(crossed.rest));
    assertThat(SnapshotPlace.publishedBy(crossed.spec.target()).isPresent(), is(false));
    publish(crossed.spec, crossed.written);
    assertClean(crossed.spec.target().folder().output(), crossed.spec.target());
  }

  /** B's manifest comes between A's last look and _SUCCESS. */
  @ParameterizedTest
  @EnumSource
  void theManifestOfAnotherIsPutRight(Place place) throws IOException {
    Crossed crossed = new Crossed(place.newOutput(folder), "success");
    Manifest published = crossed.first.run(crossed.actions);
    assertThat(published.files().get(0).name(), is("part-a.json"));
    assertThat(crossed.inPlace(), is(ManifestJson.write(published)));
    assertThat(crossed.other.run(crossed.rest), is(published));
    publish(crossed.spec, Scans.twoOthers(crossed.spec.target()));
    assertClean(crossed.spec.target().folder().output(), crossed.spec.target());
  }

  /** The attempt that could put it right is killed before that. */
  @ParameterizedTest
  @EnumSource
  void noFilesGoWhileThoseOfTheManifestAreMissing(Place place) throws IOException {
    Crossed crossed = new Crossed(place.newOutput(folder), "success");
    for (PublishAction action : crossed.actions) {
      action.body().run();
    }
    SnapshotTarget target = crossed.spec.target();
    for (WrittenFiles written : List.of(Scans.twoOthers(target), oneFile(target))) {
      Publication again = new Publication(crossed.spec, written, Scans.SCHEMA);
      Exception e = assertThrows(PublishException.class, () -> again.run(again.actions()));
      assertThat(e.getMessage(), containsString("its manifest lists part-x.json"));
      assertThrows(PublishException.class, () -> publish(crossed.spec, written));
    }
    assertThat(
        publish(crossed.spec, crossed.written).manifest().files().get(0).name(), is("part-a.json"));
    assertClean(target.folder().output(), target);
  }
}
