/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static io.sluice.testing.Outcomes.assertOutcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.source.KeyFrom;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ReadRowsTest {
  private Postgres postgres;
  private final TestPipeline pipeline = Outcomes.pipeline();

  @BeforeEach
  void createDatabase() {
    postgres = Postgres.database();
  }

  private String origin(String table, int slice) {
    return postgres.url() + " " + table + ", slice " + slice;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void readsItemsAndRejections(int threads) throws IOException, SQLException {
    postgres.execute(
        "CREATE TABLE t (id int, price float8)",
        "INSERT INTO t VALUES (1, 1.5), (2, 'NaN'), (3, NULL), (NULL, 2), (4, 4)");
    List<SourcedItem> items = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.sliced("t", "id", 4), true)) {
      add(items, 1, Map.of("id", fromN("1"), "price", fromN("1.5")));
      add(items, 3, Map.of("id", fromN("3")));
      add(items, 4, Map.of("id", fromN("4"), "price", fromN("4")));
      rejections.add(
          new Rejection(
              Rejection.Stage.READ,
              Reason.NOT_OF_TYPE,
              "attribute 'price': NaN, which DynamoDB has no number for",
              new Origin(origin("t", 2), 0),
              "{\"id\":2,\"price\":\"NaN\"}".getBytes(UTF_8),
              new PayloadFormat("JSON", List.of())));
      rejections.add(
          new Rejection(
              Rejection.Stage.READ,
              Reason.KEY_MISSING,
              "key attribute 'id': missing",
              new Origin(origin("t", 5), 0),
              "{\"Item\":{\"price\":{\"N\":\"2\"}}}".getBytes(UTF_8),
              PayloadFormat.ITEM));
      assertOutcome(
          pipeline.apply(
              ReadRows.of(open.plan()).withKey(Rows.ID, KeyFrom.RECORD).withThreads(threads)),
          items,
          rejections,
          new Tally(
              Map.of(Count.READ, 5L),
              Map.of(Reason.NOT_OF_TYPE, 1L, Reason.KEY_MISSING, 1L),
              rejections.stream().map(Rejection::withoutPayload).toList()));
      pipeline.run().waitUntilFinish();
    }
  }

  private void add(List<SourcedItem> items, int slice, Map<String, AttributeValue> item) {
    items.add(SourcedItem.of(new Origin(origin("t", slice), 0), item));
  }

  @Test
  void makesKeysOfColumns() throws IOException, SQLException {
    postgres.execute("CREATE TABLE t AS SELECT 7 AS a, 'x|y' AS b");
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.query("SELECT * FROM t"), true)) {
      KeySchema key = KeySchema.of(KeyAttribute.parse("pk:S"));
      Map<String, AttributeValue> item =
          Map.of("a", fromN("7"), "b", fromS("x|y"), "pk", fromS("7|x\\|y"));
      assertOutcome(
          pipeline.apply(ReadRows.of(open.plan()).withKey(key, KeyFrom.parse("a,b"))),
          List.of(SourcedItem.of(new Origin(origin("(query)", 1), 0), item)),
          List.of(),
          new Tally(Map.of(Count.READ, 1L), Map.of(), List.of()));
      pipeline.run().waitUntilFinish();
      assertThrows(
          IllegalArgumentException.class,
          () -> ReadRows.of(open.plan()).withKey(key, KeyFrom.parse("md5")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v::int|cannot evaluate an expression (SQLSTATE 22P02); what it reports may have",
        "refuse(v)|reports SQLSTATE P0001; what it reports may have"
      })
  void failsInOneLineWithoutAValueOfARow(String expression, String reason)
      throws IOException, SQLException {
    postgres.execute(
        "CREATE TABLE t AS SELECT 'secret' AS v",
        "CREATE FUNCTION refuse(v text) RETURNS int LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'not %', v; END $$");
    RowQuery query = Rows.query("SELECT " + expression + " AS id FROM t");
    try (OpenRows open = OpenRows.open(Rows.of(postgres), query, true)) {
      pipeline.apply(ReadRows.of(open.plan()));
      RuntimeException e = assertThrows(RuntimeException.class, () -> DirectRun.of(pipeline));
      String all = "";
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        all += cause + "\n";
      }
      assertThat(all, containsString(postgres.url() + " " + reason));
      assertThat(all.contains("secret"), is(false));
    }
  }
}
