/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.night.file.NightFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A night as a template, for tests. */
final class Templates {
  static final ObjectMapper JSON = new ObjectMapper();

  static final String NIGHT =
      """
      name: nightly
      ledger: s3://lake/nights
      parallel: 2
      retries: 1
      retryPause: 90s
      verbs:
        export: {output: 's3://lake/exports', catalog: glue, catalogDatabase: lake}
      tables:
        trips:
          steps:
            - import: {input: 's3://drop/trips/*.csv', keyFrom: md5, maxRejects: 9,
                rejects: 's3://spare/rejects'}
            - export:
        customers:
          after: [trips]
          table: customers-eu
          steps:
            - capture: {output: 's3://lake/feeds'}
            - merge: {base: 's3://lake/exports', deltas: 's3://lake/feeds', output: 's3://lake/exports'}
              retries: 0
        orders:
          after: [trips]
          steps:
            - export: {tableRole: 'arn:aws:iam::222222222222:role/sluice/orders', externalId: x}
        clicks:
          steps:
            - lookup: {input: 's3://drop/clicks/*.json', lookupTable: trips, lookupKey: id,
                where: PRESENT, lookupBy: KEYS, output: 's3://lake/clicks'}
      """;

  static JsonNode template(String night) throws IOException {
    return JSON.readTree(
        NightTemplate.of("night.yaml", NightFile.parse("night.yaml", night, null, List.of())));
  }

  static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(
        word -> words.add(word.has("Fn::Sub") ? word.get("Fn::Sub").asText() : word.asText()));
    return words;
  }

  static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private Templates() {}
}
