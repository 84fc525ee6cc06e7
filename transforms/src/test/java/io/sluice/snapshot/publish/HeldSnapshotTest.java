/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.publish.Publications.assertClean;
import static io.sluice.snapshot.publish.Publications.day;
import static io.sluice.snapshot.publish.Publications.publish;
import static io.sluice.snapshot.publish.Publications.published;
import static io.sluice.snapshot.publish.Publications.target;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotState;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.publish.PublishSpec.Ending;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeldSnapshotTest {
  private static final PipelineOptions OPTIONS = Place.options();

  @TempDir Path folder;

  private static PublishSpec holding(SnapshotTarget target) {
    return Scans.spec(target).withKeep(1).ending(Ending.HOLD);
  }

  private static HeldSnapshot held(SnapshotTarget target) {
    return new HeldSnapshot(target.folder(), target.time());
  }

  private static SnapshotState state(SnapshotTarget target) throws IOException {
    return Snapshots.states(target.folder()).get(target.time());
  }

  @ParameterizedTest
  @EnumSource
  void readersSeeItWhenItIsReleased(Place place) throws IOException {
    String output = place.newOutput(folder);
    publish(Scans.spec(target(output, 0)));
    Folder catalog = Folder.of(target(output, 0).folder().catalog());
    var before = catalog.list().keySet();
    SnapshotTarget target = target(output, 1);
    Manifest manifest = publish(holding(target)).manifest();
    assertThat(published(output), contains(day(0)));
    assertThat(state(target), is(SnapshotState.HELD));
    assertThat(held(target).manifest().orElseThrow(), is(manifest));
    assertThat(catalog.list().keySet(), is(before));

    PublishedSnapshot released = held(target).release(1, null, OPTIONS);
    assertThat(released.manifest(), is(manifest));
    assertThat("the one before is retired", published(output), contains(day(1)));
    assertThat(held(target).manifest().isPresent(), is(false));
    assertClean(output, target);
    assertThat(
        held(target).release(1, null, OPTIONS).notes(), contains("it was published already"));
    assertClean(output, target);
  }

  /** Killed after each action, and tried again by the same run. */
  @ParameterizedTest
  @EnumSource
  void aKilledRunHoldsNothingUntilItIsDoneAgain(Place place) throws IOException {
    int actions = 12;
    for (int done = 0; done < actions; done++) {
      String output = place.newOutput(folder) + done;
      SnapshotTarget target = target(output, 1);
      String last = Publications.killBehind(done, holding(target)).orElseThrow();
      assertThat(last, held(target).manifest().isPresent(), is(last.equals("success")));
      assertThat(published(output), is(empty()));
      publish(holding(target));
      assertThat(state(target), is(SnapshotState.HELD));
      held(target).release(0, null, OPTIONS);
      assertClean(output, target);
    }
    assertThat(
        Publications.killBehind(actions, holding(target(place.newOutput(folder), 0))).isPresent(),
        is(false));
  }

  /** The mark says that something is left to be done, such as the catalogs. */
  @ParameterizedTest
  @EnumSource
  void aReleaseThatWasKilledGoesOn(Place place) throws IOException {
    String output = place.newOutput(folder);
    publish(Scans.spec(target(output, 0)));
    SnapshotTarget target = target(output, 1);
    publish(holding(target));
    Folder.of(target.snapshot()).write(SnapshotState.SUCCESS, new byte[0], "text/plain");
    assertThat(published(output), contains(day(0), day(1)));
    held(target).release(1, null, OPTIONS);
    assertThat(published(output), contains(day(1)));
    assertClean(output, target);
  }

  @ParameterizedTest
  @EnumSource
  void theNextThatIsHeldTakesThePlaceOfTheOneBefore(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget first = target(output, 0);
    publish(holding(first));
    SnapshotTarget published = target(output, 1);
    publish(Scans.spec(published));
    assertThat("an export leaves it", state(first), is(SnapshotState.HELD));
    SnapshotTarget second = target(output, 2);
    publish(holding(second));
    assertThat(
        Snapshots.states(first.folder()).keySet(), is(Set.of(published.time(), second.time())));
    PublishException e =
        assertThrows(PublishException.class, () -> held(first).release(0, null, OPTIONS));
    assertThat(e.getMessage(), containsString("has no snapshot that is held"));
  }

  @ParameterizedTest
  @EnumSource
  void anotherRunOfThatTimeIsRefusedUnlessItOverwrites(Place place) throws IOException {
    String output = place.newOutput(folder);
    publish(holding(target(output, 0)));
    for (Ending ending : Ending.values()) {
      PublishException e =
          assertThrows(
              PublishException.class, () -> publish(Scans.spec(target(output, 0)).ending(ending)));
      assertThat(e.getMessage(), containsString("is held for a later publication already"));
    }
    SnapshotTarget other = target(output, 0);
    publish(Scans.spec(other).with(Existing.REPLACE));
    assertThat(held(other).manifest().isPresent(), is(false));
    assertClean(output, other);
  }

  @ParameterizedTest
  @EnumSource
  void isNotPublishedWithoutOneOfItsFiles(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    Manifest manifest = publish(holding(target)).manifest();
    Folder.of(target.snapshot()).delete(List.of(manifest.files().get(0).name()));
    PublishException e =
        assertThrows(PublishException.class, () -> held(target).release(0, null, OPTIONS));
    assertThat(e.getMessage(), startsWith("Nothing is published: "));
    assertThat(published(output), is(empty()));
  }
}
