/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Index;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.IndexDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.dynamodb.table.TableDefinition.Part;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The definition of a table in a manifest. */
class TableDefinitionJsonTest {
  private static final TableDefinition RICH =
      new TableDefinition(
          new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:N")),
          List.of(
              new IndexDefinition(
                  "local",
                  List.of(KeyAttribute.parse("pk:S")),
                  List.of(KeyAttribute.parse("a:B")),
                  Index.Projection.INCLUDE,
                  List.of("z", "y"),
                  null),
              new IndexDefinition(
                  "global",
                  List.of(KeyAttribute.parse("d:S"), KeyAttribute.parse("c:N")),
                  List.of(),
                  Index.Projection.ALL,
                  List.of(),
                  new Billing(null, new Billing.Maximum(null, 500L)))),
          new Billing(null, new Billing.Maximum(700L, 800L)),
          "NEW_IMAGE",
          "STANDARD_INFREQUENT_ACCESS",
          "ends",
          Map.of("team", "blue", "cost", ""),
          Set.of(Part.VECTOR_INDEXES));

  private static Manifest of(TableDefinition definition) {
    Manifest any = Manifests.of(FileFormat.PARQUET);
    return new Manifest(
        any.run(),
        any.table(),
        definition.keySchema(),
        any.time(),
        any.format(),
        any.evaluated(),
        any.readUnits(),
        any.scan(),
        any.options(),
        any.files(),
        any.schemaJson(),
        definition);
  }

  private static String json(TableDefinition definition) {
    String text = ManifestJson.write(of(definition));
    return text.substring(text.indexOf("  \"tableDefinition\""));
  }

  @Test
  void itsText() {
    assertThat(
        json(RICH),
        is(
            """
              "tableDefinition" : {
                "keySchema" : [ {
                  "name" : "pk",
                  "type" : "S"
                }, {
                  "name" : "sk",
                  "type" : "N"
                } ],
                "billing" : {
                  "mode" : "ON_DEMAND",
                  "readUnits" : 700,
                  "writeUnits" : 800
                },
                "indexes" : [ {
                  "name" : "local",
                  "partitionKey" : [ {
                    "name" : "pk",
                    "type" : "S"
                  } ],
                  "sortKey" : [ {
                    "name" : "a",
                    "type" : "B"
                  } ],
                  "projection" : "INCLUDE",
                  "included" : [ "z", "y" ]
                }, {
                  "name" : "global",
                  "partitionKey" : [ {
                    "name" : "d",
                    "type" : "S"
                  }, {
                    "name" : "c",
                    "type" : "N"
                  } ],
                  "projection" : "ALL",
                  "billing" : {
                    "mode" : "ON_DEMAND",
                    "writeUnits" : 500
                  }
                } ],
                "stream" : "NEW_IMAGE",
                "tableClass" : "STANDARD_INFREQUENT_ACCESS",
                "timeToLive" : "ends",
                "tags" : {
                  "cost" : "",
                  "team" : "blue"
                },
                "notRecorded" : [ "VECTOR_INDEXES" ]
              },
              "filesComparedBy" : [ "name", "bytes" ]
            }
            """));
  }

  @Test
  void roundTrip() {
    TableDefinition plain =
        TableDefinition.of(
            KeySchema.of(KeyAttribute.parse("id:B")), new Billing(new Billing.Provisioned(5, 500)));
    for (TableDefinition definition : List.of(RICH, plain)) {
      assertThat(ManifestJson.read(ManifestJson.write(of(definition))), is(of(definition)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mode\" : \"ON_DEMAND\" | \"mode\" : \"FREE\" | FREE",
        "\"mode\" : \"ON_DEMAND\", | '' | it has no billing.mode",
        "\"readUnits\" : 700 | \"readUnits\" : 0 | 0,800 must be request units of 1 or more",
        "\"readUnits\" : 700 | \"readUnits\" : \"700\" | Cannot coerce",
        "\"readUnits\" : 700 | \"units\" : 700 | units",
        "\"name\" : \"global\" | \"name\" : \"local\" | two indexes named 'local'",
        "\"name\" : \"global\", | '' | it has no name of an index",
        "\"name\" : \"d\" | \"name\" : \"sk\" | 'sk' is both N and S",
        "\"projection\" : \"ALL\" | \"projection\" : \"INCLUDE\" | 0 included attributes",
        "\"VECTOR_INDEXES\" | null | a list must not have null",
        "\"cost\" : \"\" | \"cost\" : null | it has no value of a tag",
      })
  void whatIsNotOne(String was, String now, String why) {
    String text = ManifestJson.write(of(RICH));
    String damaged = text.replaceFirst(Pattern.quote(was), now);
    assertThat(damaged, not(text));
    Exception e = assertThrows(IllegalArgumentException.class, () -> ManifestJson.read(damaged));
    assertThat(e.getMessage(), allOf(containsString("tableDefinition: "), containsString(why)));
  }

  @Test
  void itIsOfTheSnapshotsTable() {
    String text = ManifestJson.write(of(RICH));
    String damaged = text.replaceFirst("\"name\" : \"sk\"", "\"name\" : \"other\"");
    Exception e = assertThrows(IllegalArgumentException.class, () -> ManifestJson.read(damaged));
    assertThat(e.getMessage(), containsString("has the key pk:S, sk:N, not pk:S, other:N"));
  }
}
