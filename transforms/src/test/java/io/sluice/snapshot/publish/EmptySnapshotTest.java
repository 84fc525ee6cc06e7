/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.format.registry.FileFormat;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.catalog.DuckDbSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table without items has a file from which readers learn its key. */
class EmptySnapshotTest {

  @TempDir Path folder;

  private PublishedSnapshot publish(FileFormat format) throws IOException {
    SnapshotTarget target = SnapshotTarget.of(folder.toString(), "t", Scans.START);
    return PublishSnapshot.publish(
        Scans.spec(target, format),
        new WrittenFiles(List.of(), Scans.page(0, true, 0)),
        Scans.SCHEMA,
        PipelineOptionsFactory.create());
  }

  private static Path onlyFile(PublishedSnapshot published) {
    Manifest manifest = published.manifest();
    assertThat(manifest.files().size(), is(1));
    assertThat(manifest.files().get(0).items(), is(0L));
    return Path.of(published.place(), manifest.files().get(0).name());
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "CSV", "JSON"})
  void duckDbFindsTheColumnsAndNoRow(FileFormat format) throws Exception {
    PublishedSnapshot published = publish(format);
    String place = onlyFile(published).getParent() + "/";
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement()) {
      statement.execute(DuckDbSql.view(published.manifest(), "t", place));
      try (ResultSet rows = statement.executeQuery("select * from t")) {
        assertThat(rows.getMetaData().getColumnName(1), is("id"));
        assertThat(rows.getMetaData().getColumnTypeName(1), is("VARCHAR"));
        assertThat(rows.next(), is(false));
      }
    }
  }

  @Test
  void parquetNeedsNoViewToTellItsColumns() throws Exception {
    Path file = onlyFile(publish(FileFormat.PARQUET));
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select * from read_parquet('" + file + "', hive_partitioning = false)")) {
      assertThat(rows.getMetaData().getColumnCount(), is(1));
      assertThat(rows.getMetaData().getColumnName(1), is("id"));
      assertThat(rows.next(), is(false));
    }
  }

  @Test
  void avroHasTheSchemaAndNoRecord() throws IOException {
    Path file = onlyFile(publish(FileFormat.AVRO));
    try (var reader = new DataFileReader<Object>(file.toFile(), new GenericDatumReader<>())) {
      assertThat(reader.getSchema().getField("id").schema().getType().getName(), is("string"));
      assertThat(reader.hasNext(), is(false));
    }
  }

  @Test
  void csvHasItsHeader() throws IOException {
    Path file = onlyFile(publish(FileFormat.CSV));
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(
          new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), is("id\n"));
    }
  }

  /** As in DynamoDB's own exports, the manifest says that there is no file. */
  @Test
  void dynamoDbJsonHasNoFile() throws IOException {
    assertThat(publish(FileFormat.DYNAMODB_JSON).manifest().files().size(), is(0));
  }
}
