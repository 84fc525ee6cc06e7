/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The views for DuckDB, run by DuckDB. */
class DuckDbSqlTest {
  private static final String VIEW = "my-table \"of\" ours";

  @TempDir Path folder;

  private String write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return folder + "/";
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Manifest manifest(FileFormat format, String... names) {
    List<Manifest.File> files = new ArrayList<>();
    for (String name : names) {
      files.add(new Manifest.File(name, 1, 1, ""));
    }
    return Manifests.of(format, Manifests.SCHEMA, files);
  }

  /** Returns the lines of a query's result, header first; the cells as DuckDB prints them. */
  private static List<String> query(String view, String sql) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(view);
      // Again, as from the second day on.
      statement.execute(view);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return lines(rows);
      }
    }
  }

  private static List<String> lines(ResultSet rows) throws SQLException {
    ResultSetMetaData header = rows.getMetaData();
    List<String> lines = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (int i = 1; i <= header.getColumnCount(); i++) {
      cells.add(header.getColumnLabel(i) + " " + header.getColumnTypeName(i));
    }
    lines.add(String.join(" | ", cells));
    while (rows.next()) {
      cells.clear();
      for (int i = 1; i <= header.getColumnCount(); i++) {
        cells.add(String.valueOf(rows.getObject(i)));
      }
      lines.add(String.join(" | ", cells));
    }
    return lines;
  }

  private static String all(String columns) {
    return "SELECT %s FROM \"my-table \"\"of\"\" ours\" ORDER BY \"Id\"".formatted(columns);
  }

  @Test
  void json() throws Exception {
    String place =
        write(
            "part-00000.json.gz",
            gzip(
                """
                {"Id":"a","n":1,"price":123.45,"huge":1234567890123456789012345678901234567890,\
                "order":true,"_bin":"AAE=","tags":["x","y"],"sums":[1,2],"My-Attr":"z",\
                "address":{"City":"c","zip code":7,"lines":["l",null]},"counts":{"k":3},\
                "mixed":{"any":[1]}}
                """));
    write("part-00001.json.gz", gzip("{\"Id\":\"b\",\"order\":null,\"mixed\":\"text\"}\n"));
    String view =
        DuckDbSql.view(
            manifest(FileFormat.JSON, "part-00000.json.gz", "part-00001.json.gz"), VIEW, place);
    assertThat(
        query(view, all("* EXCLUDE address, address.\"zip code\", address.lines")),
        contains(
            "Id VARCHAR | n BIGINT | price DECIMAL(5,2) | huge VARCHAR | order BOOLEAN"
                + " | _bin VARCHAR | tags VARCHAR[] | sums BIGINT[] | My-Attr VARCHAR"
                + " | counts MAP(VARCHAR, BIGINT) | mixed JSON | snapshot_timestamp VARCHAR"
                + " | zip code BIGINT | lines VARCHAR[]",
            "a | 1 | 123.45 | 1234567890123456789012345678901234567890 | true | AAE= | [x, y]"
                + " | [1, 2] | z | {k=3} | {\"any\":[1]} | 2026-01-31T23-26-00Z | 7 | [l, null]",
            "b | null | null | null | null | null | null | null | null | null | \"text\""
                + " | 2026-01-31T23-26-00Z | null | null"));
  }

  /**
   * DuckDB reads a fraction in JSON as a double, whatever the type of the column, so the column has
   * that type.
   */
  @Test
  void fractionsOfJson() throws Exception {
    String schema =
        """
        {"type":"record","name":"Item","fields":[{"name":"Id","type":"string"},
          {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":20}}]}
        """;
    String place =
        write("part-00000.json.gz", gzip("{\"Id\":\"x\",\"d\":0.12345678901234567891}\n"));
    Manifest manifest =
        Manifests.of(
            FileFormat.JSON, schema, List.of(new Manifest.File("part-00000.json.gz", 1, 1, "")));
    assertThat(
        query(DuckDbSql.view(manifest, VIEW, place), all("d")),
        contains("d DOUBLE", "0.12345678901234568"));
  }

  @Test
  void csv() throws Exception {
    String place =
        write(
            "part-00000.csv.gz",
            gzip(
                """
                Id,n,price,huge,order,_bin,tags,sums,My-Attr,address,counts,mixed,dynamodb_more
                a,1,123.45,1e100,true,AAE=,"[""x""]",,"line ""1""
                2, 3","{""City"":""c""}",,007,"{""q"":1}"
                b,,,,,,,,"",,,,
                """));
    String view = DuckDbSql.view(manifest(FileFormat.CSV, "part-00000.csv.gz"), VIEW, place);
    assertThat(
        query(view, all("*, \"My-Attr\" IS NULL, mixed IS NULL")).subList(1, 3),
        contains(
            "a | 1 | 123.45 | 1e100 | true | AAE= | [\"x\"] | null | line \"1\"\n2, 3"
                + " | {\"City\":\"c\"} | null | 007 | {\"q\":1} | 2026-01-31T23-26-00Z | false | false",
            "b | null | null | null | null | null | null | null |  | null | null | null | null"
                + " | 2026-01-31T23-26-00Z | false | true"));
  }

  @Test
  void dynamoDbJson() throws Exception {
    String name = "AWSDynamoDB/" + Manifests.RUN.exportId() + "/data/part-00000.json.gz";
    String place =
        write(
            name,
            gzip(
                """
                {"Item":{"Id":{"S":"a"},"n":{"N":"1"},"price":{"N":"123.45"},"huge":{"N":"1e100"},\
                "order":{"BOOL":true},"_bin":{"B":"AAE="},"tags":{"SS":["x"]},"My-Attr":{"S":"z"},\
                "mixed":{"N":"1"},"more":{"S":"m"}}}
                {"Item":{"Id":{"S":"b"},"order":{"NULL":true}}}
                """));
    String view = DuckDbSql.view(manifest(FileFormat.DYNAMODB_JSON, name), VIEW, place);
    assertThat(
        query(
            view,
            all(
                "\"Id\", n, price, huge, \"order\", hex(_bin), tags, \"My-Attr\", mixed, address,"
                    + " snapshot_timestamp")),
        contains(
            "Id VARCHAR | n BIGINT | price DECIMAL(5,2) | huge VARCHAR | order BOOLEAN"
                + " | hex(_bin) VARCHAR | tags JSON | My-Attr VARCHAR | mixed JSON | address JSON"
                + " | snapshot_timestamp VARCHAR",
            "a | 1 | 123.45 | 1e100 | true | 0001 | {\"SS\":[\"x\"]} | z | {\"N\":\"1\"} | null"
                + " | 2026-01-31T23-26-00Z",
            "b | null | null | null | null | null | null | null | null | null"
                + " | 2026-01-31T23-26-00Z"));
  }

  @Test
  void parquet() throws Exception {
    Schema schema = new Schema.Parser().parse(Manifests.SCHEMA);
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    Path file = folder.resolve("part-00000.parquet");
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(
                HadoopOutputFile.fromPath(
                    new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))
            .withSchema(schema)
            .withDataModel(data)
            .build()) {
      writer.write(
          new GenericRecordBuilder(schema)
              .set("Id", "a")
              .set("n", 1L)
              .set("price", new BigDecimal("123.45"))
              .set("huge", "1e100")
              .set("_bin", ByteBuffer.wrap(new byte[] {0, 1}))
              .set("tags", List.of("x"))
              .set("My_Attr", "z")
              .set("counts", Map.of("k", 3L))
              .build());
    }
    String view =
        DuckDbSql.view(manifest(FileFormat.PARQUET, "part-00000.parquet"), VIEW, folder + "/");
    assertThat(
        query(
                view,
                all("\"Id\", n, price, hex(_bin), tags, my_attr, counts['k'], snapshot_timestamp"))
            .get(1),
        is("a | 1 | 123.45 | 0001 | [x] | z | 3 | 2026-01-31T23-26-00Z"));
  }

  /** DuckDB fails if there are no files; an empty table has its columns. */
  @ParameterizedTest
  @MethodSource("tabular")
  void anEmptyTable(FileFormat format) throws Exception {
    String view = DuckDbSql.view(manifest(format), VIEW, folder + "/");
    List<String> lines = query(view, all("*"));
    assertThat(lines.size(), is(1));
    assertThat(lines.get(0), containsString("Id VARCHAR | n BIGINT | price DECIMAL(5,2)"));
    assertThat(lines.get(0), containsString("snapshot_timestamp VARCHAR"));
  }

  private static List<FileFormat> tabular() {
    return FileFormat.written().stream().filter(format -> format != FileFormat.ION).toList();
  }

  /** DuckDB reads no Ion, so it sees lines of text. */
  @Test
  void ion() throws Exception {
    String name = "AWSDynamoDB/" + Manifests.RUN.exportId() + "/data/part-00000.ion.gz";
    String line = "$ion_1_0 {Item:{Id:\"a, 'b'\",n:1.}}";
    String place = write(name, gzip(line + "\n" + line + "\n"));
    String header = "Item VARCHAR | snapshot_timestamp VARCHAR";
    String row = line + " | 2026-01-31T23-26-00Z";
    String sql = "SELECT * FROM \"my-table \"\"of\"\" ours\"";
    assertThat(
        query(DuckDbSql.view(manifest(FileFormat.ION, name), VIEW, place), sql),
        contains(header, row, row));
    assertThat(query(DuckDbSql.view(manifest(FileFormat.ION), VIEW, place), sql), contains(header));
  }

  @Test
  void attributesThatDifferInCaseOnly() throws Exception {
    String schema =
        """
        {"type":"record","name":"Item","fields":[{"name":"Id","type":"string"},
          {"name":"id","type":"long"},{"name":"snapshot_timestamp","type":"string"},
          {"name":"m","type":{"type":"record","name":"m","fields":[
            {"name":"A","type":"string"},{"name":"a","type":"string"}]}}]}
        """;
    String place =
        write(
            "part-00000.json.gz",
            gzip(
                "{\"Id\":\"x\",\"snapshot_timestamp\":\"own\",\"m\":{\"A\":\"1\",\"a\":\"2\"}}\n"));
    Manifest manifest =
        Manifests.of(
            FileFormat.JSON, schema, List.of(new Manifest.File("part-00000.json.gz", 1, 1, "")));
    assertThat(
        query(DuckDbSql.view(manifest, VIEW, place), all("*")),
        contains(
            "Id VARCHAR | snapshot_timestamp VARCHAR | m JSON",
            "x | own | {\"A\":\"1\",\"a\":\"2\"}"));
  }

  /** DuckDB ignores the case of ASCII letters only. */
  @Test
  void lettersOfOtherScriptsThatDifferInCaseOnly() throws Exception {
    String schema =
        """
        {"type":"record","name":"Item","fields":[{"name":"Id","type":"string"},
          {"name":"a","type":"long","dynamodb.name":"É"},
          {"name":"b","type":"long","dynamodb.name":"é"},
          {"name":"c","type":{"type":"record","name":"m","fields":[
            {"name":"a","type":"long","dynamodb.name":"Ж"},
            {"name":"b","type":"long","dynamodb.name":"ж"}]}}]}
        """;
    List<Manifest.File> files = List.of(new Manifest.File("part-00000.json.gz", 1, 1, ""));
    String place =
        write(
            "part-00000.json.gz", gzip("{\"Id\":\"x\",\"É\":1,\"é\":2,\"c\":{\"Ж\":3,\"ж\":4}}\n"));
    assertThat(
        query(
            DuckDbSql.view(Manifests.of(FileFormat.JSON, schema, files), VIEW, place),
            all("É, é, c.Ж AS x, c.ж AS y")),
        contains("É BIGINT | é BIGINT | x BIGINT | y BIGINT", "1 | 2 | 3 | 4"));
    write("part-00000.csv.gz", gzip("Id,É,é,c\nx,1,2,{}\n"));
    List<Manifest.File> csv = List.of(new Manifest.File("part-00000.csv.gz", 1, 1, ""));
    assertThat(
        query(DuckDbSql.view(Manifests.of(FileFormat.CSV, schema, csv), VIEW, place), all("É, é")),
        contains("É BIGINT | é BIGINT", "1 | 2"));
  }

  @Test
  void avroSaysWhatItNeeds() {
    String view = DuckDbSql.view(manifest(FileFormat.AVRO, "part-00000.avro"), "t", "/x'y/");
    assertThat(
        view,
        is(
            """
            CREATE OR REPLACE VIEW "t" AS
            SELECT *, '2026-01-31T23-26-00Z' AS snapshot_timestamp
            FROM read_avro('/x''y/part-*.avro');
            """));
  }
}
