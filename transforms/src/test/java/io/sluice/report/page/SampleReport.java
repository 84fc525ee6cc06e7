/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A report with everything that a report can have, and with names that try to be HTML. */
final class SampleReport {
  static final String TABLE = "trips<script>alert(1)</script>";
  static final Instant START = Instant.parse("2026-11-30T19:20:04Z");
  static final Map<String, List<String>> SUMS =
      Map.of("read", List.of("skipped", "duplicates", "withheld", "written", "rejected"));

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String REPORT =
      """
      {
        "job": {"pipeline": "import", "runner": "FlinkRunner", "table": "trips<script>alert(1)</script>",
          "format": "CSV", "input": "s3://lake/trips/year=2026/month=11/day=30/*.csv.gz",
          "started": "2026-11-30T19:19:58.123456Z", "ended": "2026-11-30T19:31:40Z",
          "rejects": "s3://lake/rejects/2026-11-30T19-19-58-123Z/"},
        "counts": {"read": 183625, "skipped": 0, "duplicates": 625, "withheld": 0, "written": 182996,
          "rejected": 4, "ties": 2},
        "addsUp": true,
        "rejections": {"MALFORMED": 1, "FIELD_COUNT": 2, "NOT_OF_TYPE": 1},
        "firstRejections": [
          {"stage": "READ", "reason": "FIELD_COUNT",
            "message": "the record has 18 fields & the header has 19 names",
            "file": "s3://lake/trips/year=2026/month=11/day=30/part-00017-of-00200.csv.gz",
            "offset": 598172},
          {"stage": "READ", "reason": "NOT_OF_TYPE", "message": "\\"fare\\" is not a number",
            "file": "s3://lake/trips/<img src=x onerror=alert(1)>.csv", "offset": 1099511627776}],
        "survey": {"items": 183000, "deletes": 0, "bytes": 76494000,
          "writeUnits": {"table": 183000, "indexes": 366000,
            "ofIndex": {"byCity": 183000, "productPrice": 183000}},
          "itemsUpToBytes": {"1024": 182000, "4096": 997, "409600": 3},
          "largest": [{"bytes": 398112, "file": "s3://lake/trips/a.csv", "offset": 17}],
          "hottestPartitionKeys": {"countsTooSmallByAtMost": 12,
            "items": {"{\\"S\\":\\"Berlin </td></table><b>\\"}": 91500, "{\\"S\\":\\"\\u0000\\u202eKoln\\"}": 12}}},
        "consumed": {
          "writes": {"table": 182996.0, "indexes": {"byCity": 182996.0, "productPrice": 170000.5},
            "requests": 7320,
            "throttled": {"the provisioned capacity of table trips": 31,
              "the limit of a partition of index by<b> of table trips": 4},
            "secondsPerPoint": 4, "points": []},
          "reads": {"table": 45750.5, "indexes": {}, "requests": 0, "throttled": {},
            "secondsPerPoint": 1, "points": []}},
        "snapshot": {"place": "s3://lake/exports/trips/snapshot_timestamp=2026-11-30T19-20-00Z/",
          "files": 12, "bytes": 5368709120, "evaluated": 183000, "readUnits": 23456.5,
          "scanStart": "2026-11-30T19:20:00Z", "scanEnd": "2026-11-30T19:31:00Z",
          "notes": ["the table changed while it was scanned"]},
        "schema": {"avro": {"type": "record", "name": "item", "fields": [
            {"name": "id", "type": "string"},
            {"name": "fare", "type": ["null", {"type": "bytes", "logicalType": "decimal",
              "precision": 38, "scale": 10}]},
            {"name": "tags", "type": ["null", {"type": "array", "items": "string"}]}]},
          "notes": ["column note holds S and N: it is JSON text", "column Id is id_1"]},
        "cost": {"dollars": 0.1143725, "prices": "us-east-1 as of 2026-11-01", "lines": [
            {"what": "write requests", "amount": 182996, "unit": "write units", "price": 0.625,
              "per": 1000000, "dollars": 0.1143725}]},
        "planned": {"verb": "import", "title": "s3://lake/*.csv -> trips",
          "figures": {"inputBytes": 23456789, "items": {"low": 180000, "high": null},
            "writeUnits": {"low": 180001, "high": 190001}, "readUnits": "unknown",
            "seconds": 366},
          "indexWriteUnits": {"byCity": 180002},
          "cost": {"dollars": {"low": 0.125, "high": null}, "prices": "us-east-1 as of 2026-11-01",
            "lines": [
              {"what": "write requests", "amount": {"low": 180001, "high": 190001},
                "unit": "write units", "price": 0.625, "per": 1000000,
                "dollars": {"low": 0.1125, "high": 0.11875}},
              {"what": "S3 requests", "amount": "unknown", "unit": "requests", "price": 5,
                "per": 1000000, "dollars": "unknown"}]},
          "notes": ["the count is six hours old"]},
        "comparison": {"by": "SCAN", "scanUnits": null, "keyUnits": 91500.0, "savedDollars": -0.25},
        "diff": {"from": 3, "attributes": {"productPrice": 2, "<i>": 1}},
        "surplus": {"firstKeys": ["{\\"id\\":{\\"S\\":\\"<u>\\"}}"]},
        "tomorrow": [1, {"deep": [{"deeper": {"deepest": "here"}}]}, true]
      }
      """;

  private SampleReport() {}

  /** Returns it with so many points of four seconds, some of which are missing. */
  static ObjectNode of(int points) {
    ObjectNode report = parse(REPORT);
    ArrayNode list = (ArrayNode) report.at("/consumed/writes/points");
    for (int i = 0; i < points; i++) {
      if (i % 50 != 20) {
        double units = 1400 + 500 * Math.sin(i / 9.0) + (i * 7919 % 200);
        list.addObject()
            .put("at", START.plusSeconds(4L * i).toString())
            .put("units", units)
            .put("allowed", i < points / 2 ? 500.0 : 625.0);
      }
    }
    return report;
  }

  static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Renders a report. */
  static String page(ObjectNode report) {
    return ReportPage.of(report.toString(), SUMS);
  }
}
