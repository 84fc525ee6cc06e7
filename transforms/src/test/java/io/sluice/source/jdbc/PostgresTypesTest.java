/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the types of a real PostgreSQL become. */
class PostgresTypesTest {
  private static Postgres postgres;

  @BeforeAll
  static void createTypes() throws SQLException {
    postgres = Postgres.database();
    postgres.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok', 'very, very \"happy\"')",
        "CREATE TYPE pair AS (a int, b text)",
        "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
        "CREATE SCHEMA other",
        "CREATE TYPE other.int4 AS ENUM ('one')");
  }

  private static AttributeValue read(String expression) throws IOException {
    Rows rows = Rows.of(postgres, "SELECT " + expression + " AS v");
    assertThat(rows.rejections(), is(empty()));
    assertThat(rows.items(), hasSize(1));
    return rows.items().get(0).get("v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1::int2|1",
        "(-2147483648)::int4|-2147483648",
        "9223372036854775807::int8|9223372036854775807",
        "1.50::numeric|1.5",
        "(-0.001)::numeric(10,3)|-0.001",
        "100::numeric(5,-2)|100",
        "0.00::numeric|0",
        "1e-130::numeric|1E-130",
        "12345678901234567890123456789012345678::numeric|12345678901234567890123456789012345678",
        "0.1::float8|0.1",
        "1e300::float8 / 1e200|1E100",
        "(-0.0)::float8|0",
        "1.1::float4|1.1",
        "3::positive|3",
        "16777217::float4|16777216"
      })
  void numbersAreExact(String expression, String number) throws IOException {
    assertThat(read(expression), is(fromN(number)));
  }

  /** A server, a database and a user may each have a setting for the digits of floats. */
  @ParameterizedTest
  @ValueSource(ints = {-15, 0, 1, 3})
  void floatsAreExactWhateverTheDatabaseIsSetTo(int digits) throws IOException, SQLException {
    Postgres other = Postgres.database();
    other.execute(
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET extra_float_digits = %d';"
                .formatted(digits)
            + " END $$");
    Rows rows =
        Rows.of(
            other,
            "SELECT 0.1::float8 + 0.2::float8 AS a, 0.1::float4 AS b, 16777217::float4 AS c");
    assertThat(
        rows.items(),
        is(
            List.of(
                Map.of(
                    "a", fromN("0.30000000000000004"),
                    "b", fromN("0.1"),
                    "c", fromN("16777216")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'naïve 😀'::text|naïve 😀",
        "'ab'::char(4)|`ab  `",
        "'ab'::varchar(4)|ab",
        "'x'::\"char\"|x",
        "'ok'::mood|ok",
        "'one'::other.int4|one",
        "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "'10.0.0.1/8'::inet|10.0.0.1/8",
        "'08:00:2b:01:02:03'::macaddr|08:00:2b:01:02:03",
        "interval '1 day 2 hours'|1 day 02:00:00",
        "'<a>b</a>'::xml|<a>b</a>",
        "B'101'::bit(3)|101",
        "B'1'::bit(1)|1",
        "time '12:00:00.25'|12:00:00.25",
        "timetz '12:00:00+02'|12:00:00+02",
        "date '2024-01-31'|2024-01-31",
        "date '0044-03-15 BC'|-0043-03-15",
        "date 'infinity'|infinity",
        "timestamp '2024-01-31 12:00:00.123456'|2024-01-31T12:00:00.123456",
        "timestamp '12024-01-31 12:00:00'|+12024-01-31T12:00:00",
        "timestamp '-infinity'|-infinity",
        "timestamptz '2024-01-31 12:00:00.5+05:30'|2024-01-31T06:30:00.5Z",
        "timestamptz '2024-07-01 00:00:00 America/New_York'|2024-07-01T04:00:00Z",
        "int4range(1, 5)|[1,5)",
        "point(1, 2)|(1,2)",
        "row(1, 'x')::pair|(1,x)",
        "'fat & rat'::tsquery|'fat' & 'rat'",
        "12::oid|12"
      })
  void textIsAsTheDatabaseSpellsIt(String expression, String text) throws IOException {
    assertThat(read(expression), is(fromS(text)));
  }

  @Test
  void timesDoNotDependOnTheZoneOfThisProgram() throws IOException {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(read("timestamptz '2024-01-31 12:00:00+00'"), is(fromS("2024-01-31T12:00:00Z")));
      assertThat(read("timestamp '2024-01-31 12:00:00'"), is(fromS("2024-01-31T12:00:00")));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void booleansBytesAndJson() throws IOException {
    assertThat(read("true"), is(fromBool(true)));
    assertThat(read("false"), is(fromBool(false)));
    assertThat(
        read("'\\x00ff5c27'::bytea"),
        is(fromB(SdkBytes.fromByteArray(new byte[] {0, -1, '\\', '\''}))));
    assertThat(
        read("'{\"a\":[1.50,null,true],\"b\":{\"c\":\"x\"}}'::jsonb"),
        is(
            fromM(
                Map.of(
                    "a",
                    fromL(List.of(fromN("1.50"), fromNul(true), fromBool(true))),
                    "b",
                    fromM(Map.of("c", fromS("x")))))));
    assertThat(read("'null'::json"), is(fromNul(true)));
    assertThat(read("'\"x\"'::json"), is(fromS("x")));
    assertThat(
        Rows.of(
                postgres,
                new RowQuery(null, "SELECT '{\"a\": 1}'::json AS v", JsonAs.TEXT, null, 1),
                null)
            .items(),
        is(List.of(Map.of("v", fromS("{\"a\": 1}")))));
  }

  @Test
  void arraysAreLists() throws IOException {
    assertThat(
        read("ARRAY[1, NULL, 3]"), is(fromL(List.of(fromN("1"), fromNul(true), fromN("3")))));
    assertThat(read("'{}'::int[]"), is(fromL(List.of())));
    assertThat(
        read("ARRAY[['a', 'b,c'], ['d\"e\\', 'NULL']]"),
        is(
            fromL(
                List.of(
                    fromL(List.of(fromS("a"), fromS("b,c"))),
                    fromL(List.of(fromS("d\"e\\"), fromS("NULL")))))));
    assertThat(read("'[5:6]={1.10,2}'::numeric[]"), is(fromL(List.of(fromN("1.1"), fromN("2")))));
    assertThat(
        read("ARRAY['ok', 'very, very \"happy\"']::mood[]"),
        is(fromL(List.of(fromS("ok"), fromS("very, very \"happy\"")))));
    assertThat(
        read("ARRAY['\\x00ff', NULL]::bytea[]"),
        is(fromL(List.of(fromB(SdkBytes.fromByteArray(new byte[] {0, -1})), fromNul(true)))));
    assertThat(
        read("ARRAY['{\"a\":1}', '2']::jsonb[]"),
        is(fromL(List.of(fromM(Map.of("a", fromN("1"))), fromN("2")))));
    assertThat(read("ARRAY[true, false]"), is(fromL(List.of(fromBool(true), fromBool(false)))));
    assertThat(
        read("ARRAY[timestamptz '2024-01-31 12:00:00+01']"),
        is(fromL(List.of(fromS("2024-01-31T11:00:00Z")))));
    assertThat(
        read("ARRAY[box '(1,1),(0,0)', box '(2,2),(1,1)']"),
        is(fromL(List.of(fromS("(1,1),(0,0)"), fromS("(2,2),(1,1)")))));
  }

  @Test
  void nullIsNoAttribute() throws IOException {
    Rows rows = Rows.of(postgres, "SELECT 1 AS a, NULL::int AS b, NULL::int[] AS c, ''::text AS d");
    assertThat(rows.items(), is(List.of(Map.of("a", fromN("1"), "d", fromS("")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'NaN'::numeric",
        "'NaN'::float8",
        "'Infinity'::float8",
        "'-Infinity'::float4",
        "'Infinity'::numeric",
        "ARRAY[1, 'NaN']::numeric[]"
      })
  void whatIsNoNumberIsRejected(String expression) throws IOException {
    Rows rows =
        Rows.of(
            postgres,
            Rows.query("SELECT 7 AS id, 'x' AS name, " + expression + " AS price"),
            Rows.ID);
    assertThat(rows.items(), is(empty()));
    assertThat(rows.rejections(), hasSize(1));
    Rejection rejection = rows.rejections().get(0);
    assertThat(rejection.reason(), is(Reason.NOT_OF_TYPE));
    assertThat(rejection.message(), startsWith("attribute 'price"));
    assertThat(rejection.message(), containsString("which DynamoDB has no number for"));
    String row = new String(rejection.payload(), StandardCharsets.UTF_8);
    assertThat(row, startsWith("{\"id\":7,\"name\":\"x\",\"price\":"));
    assertThat(rejection.format().name(), is("JSON"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789012345678901234567890123456789::numeric",
        "1e126::numeric",
        "1e-131::numeric"
      })
  void numbersBeyondDynamoDbAreRejected(String expression) throws IOException {
    Rows rows = Rows.of(postgres, Rows.query("SELECT 7 AS id, " + expression + " AS v"), Rows.ID);
    assertThat(rows.items(), is(empty()));
    assertThat(rows.rejections().get(0).reason(), is(Reason.NUMBER_RANGE));
    assertThat(rows.rejections().get(0).message(), startsWith("attribute 'v'"));
  }

  @Test
  void jsonThatHasANameTwiceIsRejected() throws IOException {
    Rows rows = Rows.of(postgres, "SELECT 1 AS id, '{\"a\":1,\"a\":2}'::json AS v");
    assertThat(rows.items(), is(empty()));
    assertThat(rows.rejections().get(0).reason(), is(Reason.MALFORMED));
  }

  @Test
  void keysBecomeOfTheTypeOfTheTable() throws IOException {
    KeySchema text = KeySchema.of(KeyAttribute.parse("id:S"));
    for (String expression : List.of("7::int", "7::numeric", "'7'::text")) {
      Rows rows = Rows.of(postgres, Rows.query("SELECT " + expression + " AS id"), text);
      assertThat(expression, rows.items(), is(List.of(Map.of("id", fromS("7")))));
    }
    for (String expression : List.of("7::int", "7.0::numeric", "'7'::text")) {
      Rows rows = Rows.of(postgres, Rows.query("SELECT " + expression + " AS id"), Rows.ID);
      assertThat(expression, rows.items(), is(List.of(Map.of("id", fromN("7")))));
    }
    Rows none = Rows.of(postgres, Rows.query("SELECT NULL::int AS id, 1 AS a"), Rows.ID);
    assertThat(none.rejections().get(0).reason(), is(Reason.KEY_MISSING));
    Rows other = Rows.of(postgres, Rows.query("SELECT 'x' AS id"), Rows.ID);
    assertThat(other.rejections().get(0).reason(), is(Reason.KEY_TYPE));
  }

  @Test
  void namesAreTakenAsTheyAre() throws IOException {
    Rows rows = Rows.of(postgres, "SELECT 1 AS \"tripId\", 2 AS \"a \"\"b\"\".c\", 3");
    assertThat(
        rows.items(),
        is(List.of(Map.of("tripId", fromN("1"), "a \"b\".c", fromN("2"), "?column?", fromN("3")))));
    assertThat(rows.items().get(0), not(hasKey("tripid")));
  }
}
