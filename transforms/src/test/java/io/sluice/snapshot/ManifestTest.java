/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "2026-01-31T23-26-00-123Z-0a1b2c3d",
          "trips",
          new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:N")),
          SnapshotTime.parse("2026-01-31T23-26-00Z"),
          FileFormat.PARQUET,
          5,
          2.5,
          new Manifest.Scan(
              Instant.parse("2026-01-31T23:26:01Z"),
              Instant.parse("2026-01-31T23:26:02.345Z"),
              Manifest.Clock.DYNAMODB),
          Map.of("readRatio", "0.25", "filter", "a < :b"),
          List.of(
              new Manifest.File("part-00000.parquet", 2, 123, "rL0Y20zC+Fzt72VPzMSk2A=="),
              new Manifest.File("part-00001.parquet", 1, 45, "N7UdGUp1E+RbVvZSTy1R8g==")),
          Scans.SCHEMA);

  private static final String JSON =
      """
      {
        "formatVersion" : 1,
        "run" : "2026-01-31T23-26-00-123Z-0a1b2c3d",
        "table" : "trips",
        "keySchema" : [ {
          "name" : "pk",
          "type" : "S"
        }, {
          "name" : "sk",
          "type" : "N"
        } ],
        "snapshotTimestamp" : "2026-01-31T23-26-00Z",
        "format" : "PARQUET",
        "items" : 3,
        "evaluated" : 5,
        "bytes" : 168,
        "scanStart" : "2026-01-31T23:26:01Z",
        "scanEnd" : "2026-01-31T23:26:02.345Z",
        "scanClock" : "DYNAMODB",
        "readUnits" : 2.5,
        "options" : {
          "filter" : "a < :b",
          "readRatio" : "0.25"
        },
        "files" : [ {
          "name" : "part-00000.parquet",
          "items" : 2,
          "bytes" : 123,
          "md5" : "rL0Y20zC+Fzt72VPzMSk2A=="
        }, {
          "name" : "part-00001.parquet",
          "items" : 1,
          "bytes" : 45,
          "md5" : "N7UdGUp1E+RbVvZSTy1R8g=="
        } ],
        "schema" : {
          "type" : "record",
          "name" : "Item",
          "fields" : [ {
            "name" : "id",
            "type" : "string"
          } ],
          "dynamodb.version" : 1
        },
        "filesComparedBy" : [ "name", "bytes" ]
      }
      """;

  @Test
  void itsText() {
    assertThat(ManifestJson.write(MANIFEST), is(JSON));
  }

  @Test
  void roundTrip() {
    assertThat(ManifestJson.read(JSON), equalTo(MANIFEST));
    assertThat(MANIFEST.schema().columns().get(0).attribute(), is("id"));
    Manifest empty =
        new Manifest(
            "run",
            "t",
            Scans.KEY,
            MANIFEST.time(),
            FileFormat.DYNAMODB_JSON,
            0,
            0,
            MANIFEST.scan(),
            Map.of(),
            List.of(),
            Scans.SCHEMA);
    assertThat(ManifestJson.read(ManifestJson.write(empty)), equalTo(empty));
  }

  @Test
  void thoseOfEarlierVersionsWereTimedByWorkers() {
    Manifest.Scan scan =
        ManifestJson.read(JSON.replace("\"scanClock\" : \"DYNAMODB\",", "")).scan();
    assertThat(scan.clock(), is(Manifest.Clock.WORKER));
    assertThat(scan.start(), is(MANIFEST.scan().start()));
    assertThat(scan.changesSince(), is(Instant.parse("2026-01-31T23:25:01Z")));
    assertThat(scan.changesUntil(), is(scan.end().plusSeconds(60)));
    assertThat(MANIFEST.scan().changesSince(), is(MANIFEST.scan().start()));
    assertThat(MANIFEST.scan().changesUntil(), is(MANIFEST.scan().end()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"formatVersion\" : 1 | \"formatVersion\" : 2 | formatVersion is 2, must be 1",
        "\"table\" : \"trips\", | '' | table",
        "\"table\" : \"trips\" | \"table\" : null | table",
        "\"table\" : \"trips\" | \"table\" : 7 | Cannot coerce",
        "\"items\" : 3 | \"items\" : 4 | must be the sums of the files'",
        "\"items\" : 3 | \"items\" : \"3\" | Cannot",
        "\"items\" : 3 | \"items\" : 3.5 | Cannot coerce",
        "\"bytes\" : 168 | \"bytes\" : 1 | must be the sums of the files'",
        "\"evaluated\" : 5 | \"evaluated\" : -1 | must be 0 or more",
        "\"evaluated\" : 5 | \"evaluatedd\" : 5 | creator property",
        "\"evaluated\" : 5 | \"more\" : 5, \"evaluated\" : 5 | more",
        "\"readUnits\" : 2.5 | \"readUnits\" : null | null",
        "\"format\" : \"PARQUET\" | \"format\" : \"ORC\" | ORC",
        "23:26:02.345Z | 23:26:00Z | before",
        "2026-01-31T23-26-00Z\" | 2026-01-31\" | is no time of a snapshot",
        "part-00001.parquet | part-00000.parquet | listed twice",
        "part-00001.parquet | ../part-00001.parquet | is no name of a file",
        "\"type\" : \"record\" | \"type\" : \"recor\" | not an Avro schema",
        "\"type\" : \"N\" | \"type\" : \"SS\" | SS",
        "\"name\" : \"sk\" | \"name\" : \"pk\" | are both named",
      })
  void whatIsNotOne(String was, String now, String why) {
    String damaged = JSON.replace(was, now);
    assertThat(damaged, not(JSON));
    Exception e = assertThrows(IllegalArgumentException.class, () -> ManifestJson.read(damaged));
    assertThat(e.getMessage(), containsString("no manifest: "));
    assertThat(e.getMessage(), containsString(why));
  }

  @Test
  void whatIsCutShort() {
    for (String text : List.of("", "{", "[]", "null", JSON.substring(0, 300), JSON + "x")) {
      assertThrows(IllegalArgumentException.class, () -> ManifestJson.read(text), text);
    }
  }
}
