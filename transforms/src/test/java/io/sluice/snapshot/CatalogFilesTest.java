/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.sink.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
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
    SnapshotTarget target =
        SnapshotTarget.of(output, table, Scans.START.plus(Duration.ofDays(day)));
    WrittenFiles written =
        new WrittenFiles(
            List.of(Scans.stage(target, "a.json", "{\"id\":\"of day %d\"}\n".formatted(day), 1)),
            Scans.page(0, true, 1));
    return PublishSnapshot.publish(Scans.spec(target), written, Scans.SCHEMA, OPTIONS).notes();
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
            "the table my-table is my_table_2 in catalogs, where another has the name my_table"));
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

  @Test
  void anOwnerThatIsDamaged() throws IOException {
    String output = Place.LOCAL.newOutput(folder);
    Folder.of(output + "/_catalog").write("tables/t.json", new byte[] {'{'}, "text/plain");
    Exception e = assertThrows(PublishException.class, () -> publish(output, "t", 0));
    assertThat(e.getMessage(), containsString("tables/t.json does not name a table"));
  }

  /** The text is of the latest snapshot, also when an older one is published behind it. */
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
}
