/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.publish.PostPublish;
import io.sluice.snapshot.publish.PublishSnapshot;
import io.sluice.snapshot.publish.PublishSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The folder {@code _catalog}. */
class CatalogFilesTest {
  private static final PipelineOptions OPTIONS = Place.options();

  @TempDir Path folder;

  private static List<String> publish(String output, String table, int day) throws IOException {
    return publish(Scans.spec(target(output, table, day)), day).notes();
  }

  private static SnapshotTarget target(String output, String table, int day) {
    return SnapshotTarget.of(output, table, Scans.START.plus(Duration.ofDays(day)));
  }

  private static PublishedSnapshot publish(PublishSpec spec, int day) throws IOException {
    SnapshotTarget target = spec.target();
    WrittenFiles written =
        new WrittenFiles(
            List.of(Scans.stage(target, "a.json", "{\"id\":\"of day %d\"}\n".formatted(day), 1)),
            Scans.page(0, true, 1));
    return PublishSnapshot.publish(spec, written, Scans.SCHEMA, OPTIONS);
  }

  private static String text(String output, String name) throws IOException {
    return new String(Folder.of(output + "/_catalog").read(name).orElseThrow(), UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void aNameStaysWithItsTable(Place place) throws IOException {
    String output = place.newOutput(folder);
    assertThat(publish(output, "my.table", 0), is(List.of()));
    assertThat(
        publish(output, "my-table", 0),
        contains(
            "the table my-table is my_table_2 in catalogs, where the name my_table is another's"));
    publish(output, "MY_TABLE", 0);
    publish(output, "my-table", 1);
    publish(output, "my.table", 1);
    List<String> names = List.of("my_table", "my_table_2", "my_table_3");
    List<String> tables = List.of("my.table", "my-table", "MY_TABLE");
    for (int i = 0; i < 3; i++) {
      assertThat(
          text(output, "tables/%s.json".formatted(names.get(i))),
          is("{\"table\":\"%s\"}".formatted(tables.get(i))));
      assertThat(
          text(output, "duckdb/%s.sql".formatted(names.get(i))),
          containsString("CREATE OR REPLACE VIEW \"%s\" AS".formatted(names.get(i))));
    }
    assertThat(
        Folder.of(output + "/_catalog").list().keySet().stream()
            .filter(name -> name.startsWith("athena"))
            .toList(),
        place == Place.S3
            ? containsInAnyOrder(
                "athena/my_table.sql", "athena/my_table_2.sql", "athena/my_table_3.sql")
            : is(List.of()));
  }

  /**
   * All texts for a table, and for one whose name is that of the first one's table of snapshots.
   */
  @Test
  void noViewIsNamedAsATableOfSnapshots() throws IOException {
    String output = Place.S3.newOutput(folder);
    publish(output, "x", 0);
    assertThat(
        publish(output, "Snapshots_X", 0),
        contains(
            "the table Snapshots_X is table_snapshots_x in catalogs, where the name snapshots_x is"
                + " another's"));
    publish(output, "table-snapshots-x", 0);
    List<String> made = new ArrayList<>();
    for (String name : Folder.of(output + "/_catalog/athena").list().keySet()) {
      Matcher create =
          Pattern.compile("CREATE (?:EXTERNAL TABLE IF NOT EXISTS|OR REPLACE VIEW) [`\"](\\w+)")
              .matcher(text(output, "athena/" + name));
      create.results().forEach(found -> made.add(found.group(1)));
    }
    assertThat(
        made,
        containsInAnyOrder(
            "x",
            "snapshots_x",
            "table_snapshots_x",
            "snapshots_table_snapshots_x",
            "table_snapshots_x_2",
            "snapshots_table_snapshots_x_2"));
  }

  @Test
  void anOwnerThatIsDamaged() throws IOException {
    String output = Place.LOCAL.newOutput(folder);
    Folder.of(output + "/_catalog").write("tables/t.json", new byte[] {'{'}, "text/plain");
    Exception e = assertThrows(PublishException.class, () -> publish(output, "t", 0));
    assertThat(e.getMessage(), containsString("tables/t.json does not name a table"));
  }

  /** The text describes the latest snapshot, even if an older one is published after it. */
  @Test
  void duckDbShowsTheLatest() throws Exception {
    String output = Place.LOCAL.newOutput(folder);
    publish(output, "my.table", 0);
    publish(output, "my.table", 2);
    assertThat(publish(output, "my.table", 1), contains(containsString("a later snapshot")));
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(text(output, "duckdb/my_table.sql"));
      try (ResultSet rows = statement.executeQuery("SELECT * FROM my_table")) {
        assertThat(rows.next(), is(true));
        assertThat(rows.getString("id"), is("of day 2"));
        assertThat(rows.getString("snapshot_timestamp"), is("2026-02-02T23-26-00Z"));
        assertThat(rows.next(), is(false));
      }
    }
  }

  /**
   * An empty listing, as Beam returns it on S3 while a file is deleted: no snapshot seems to be
   * later.
   */
  @ParameterizedTest
  @EnumSource
  void aListingThatIsFalselyEmptyDoesNotTakeTheViewBack(Place place) throws IOException {
    String output = place.newOutput(folder);
    publish(output, "t", 2);
    String latest = text(output, "duckdb/t.sql");
    PublishSpec spec = Scans.spec(target(output, "t", 1));
    Manifest manifest = publish(spec, 1).manifest();
    Folder snapshots = Folder.of(spec.target().folder().path());
    snapshots.delete(snapshots.list().keySet());
    Exception e =
        assertThrows(PublishException.class, () -> new PostPublish(spec, manifest, OPTIONS).run());
    assertThat(e.getMessage(), containsString("but a listing does not have it"));
    assertThat(text(output, "duckdb/t.sql"), is(latest));
  }

  @ParameterizedTest
  @EnumSource
  void anOlderSnapshotThatIsOverwritten(Place place) throws IOException {
    String output = place.newOutput(folder);
    publish(output, "t", 1);
    publish(output, "t", 2);
    PublishSpec spec = Scans.spec(target(output, "t", 1)).with(PublishSpec.Existing.REPLACE);
    List<String> notes = publish(spec, 1).notes();
    assertThat(notes.get(0), containsString("a later snapshot is published"));
    assertThat(notes.size(), is(place == Place.S3 ? 2 : 1));
    if (place == Place.S3) {
      String partition = "PARTITION (`snapshot_timestamp` = '2026-02-01T23-26-00Z')";
      assertThat(
          notes.get(1),
          containsString(
              ": ALTER TABLE `snapshots_t` DROP IF EXISTS %s; ALTER TABLE `snapshots_t` ADD %s LOCATION 's3:"
                  .formatted(partition, partition)));
    }
  }
}
