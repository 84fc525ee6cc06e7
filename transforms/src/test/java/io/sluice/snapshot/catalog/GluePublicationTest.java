/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.catalog.GlueStandIn.Answer;
import io.sluice.snapshot.catalog.GlueStandIn.Request;
import io.sluice.snapshot.publish.HeldSnapshot;
import io.sluice.snapshot.publish.PublishSnapshot;
import io.sluice.snapshot.publish.PublishSpec.Ending;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publications that are registered in Glue. */
class GluePublicationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PipelineOptions OPTIONS = Place.options();

  private final GlueStandIn glue;
  private final GlueCatalog catalog;

  GluePublicationTest() throws IOException {
    glue = new GlueStandIn();
    catalog =
        GlueCatalog.of("lake")
            .withClient(ClientConfiguration.builder().endpoint(glue.endpoint()).build());
  }

  @AfterEach
  void stop() {
    glue.close();
  }

  private List<String> operations() {
    return glue.requests().stream().map(Request::operation).toList();
  }

  private PublishedSnapshot publish(String output, int day) throws IOException {
    SnapshotTarget target =
        SnapshotTarget.of(output, "My-Table", Scans.START.plus(Duration.ofDays(day)));
    WrittenFiles written = Scans.twoFiles(target);
    return PublishSnapshot.publish(
        Scans.spec(target).withKeep(1).withGlue(catalog), written, Scans.SCHEMA, OPTIONS);
  }

  @Test
  void withAPublication() throws IOException {
    String output = "s3://" + LocalAws.shared().bucket() + "/glue-" + UUID.randomUUID();
    assertThat(publish(output, 1).notes(), is(List.of()));
    assertThat(operations(), contains("CreateTable", "BatchCreatePartition", "CreateTable"));

    // Glue refuses: the snapshot is published, the previous one is kept, and registering can be
    // repeated.
    glue.answer(Answer.error("AccessDeniedException", "no"));
    assertThrows(PublishException.class, () -> publish(output, 2));
    assertThat(Snapshots.under(output).of("My-Table").size(), is(2));
    glue.requests();

    assertThat(publish(output, 3).notes(), is(List.of()));
    assertThat(Snapshots.under(output).of("My-Table").size(), is(1));
    List<Request> requests = glue.requests();
    assertThat(requests.get(3).operation(), is("BatchDeletePartition"));
    assertThat(JSON.readTree(requests.get(3).body()).get("PartitionsToDelete").size(), is(2));

    // An older snapshot does not change the view.
    List<String> notes = publish(output, 0).notes();
    assertThat(notes, contains(containsString("a later snapshot is published")));
    assertThat(operations().subList(0, 2), contains("CreateTable", "BatchCreatePartition"));
  }

  @Test
  void whenASnapshotIsReleased() throws IOException {
    String output = "s3://" + LocalAws.shared().bucket() + "/glue-" + UUID.randomUUID();
    SnapshotTarget target = SnapshotTarget.of(output, "My-Table", Scans.START);
    PublishSnapshot.publish(
        Scans.spec(target).withGlue(catalog).ending(Ending.HOLD),
        Scans.twoFiles(target),
        Scans.SCHEMA,
        OPTIONS);
    assertThat(operations(), is(List.of()));
    HeldSnapshot held = new HeldSnapshot(target.folder(), target.time());
    glue.answer(Answer.error("AccessDeniedException", "no"));
    assertThrows(PublishException.class, () -> held.release(0, catalog, OPTIONS));
    glue.requests();
    assertThat(held.release(0, catalog, OPTIONS).notes(), is(List.of()));
    assertThat(operations(), contains("CreateTable", "BatchCreatePartition", "CreateTable"));
    held.release(0, catalog, OPTIONS);
    assertThat("it is done", operations(), is(List.of()));
  }

  @Test
  void onlyInS3() {
    SnapshotTarget target = SnapshotTarget.of("out", "My-Table", Scans.START);
    assertThrows(IllegalArgumentException.class, () -> Scans.spec(target).withGlue(catalog));
  }
}
