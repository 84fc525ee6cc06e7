/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import java.util.List;

/** The file of a night. */
final class Nights {
  static final String WHOLE =
      """
      name: nightly
      ledger: s3://lake/nights
      parallel: 2
      retries: 1
      retryPause: 5s
      resumeWithin: 6h
      defaults: {readRatio: 0.10, awsRegion: us-east-1}
      verbs:
        export: {output: 's3://lake/exports', keepSnapshots: 7}
      profiles:
        gentle:
          defaults: {readRatio: 0.15}
          verbs: {export: {fileSize: 64MB}}
      tables:
        orders:
          after: [trips, customers]
          profile: gentle
          steps:
            - export: {keepSnapshots: 3}
        trips:
          steps:
            - import: {input: 's3://drop/trips/*.csv', keyFrom: md5, maxRejects: 007,
                rejects: 's3://lake/rejects'}
              retries: 3
            - export:
        customers:
          table: customers-eu
          steps:
            - export:
                dryRun: true
      onSuccess: {post: 'https://example.com/nights'}
      onFailure: {command: [notify, --now]}
      """;

  private Nights() {}

  static Night parse(String text) {
    return NightFile.parse("night.yaml", text, null, List.of());
  }

  static NightTable table(Night night, String name) {
    return night.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
