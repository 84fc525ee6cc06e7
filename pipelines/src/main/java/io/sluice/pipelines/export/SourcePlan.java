/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.pipelines.cli.OptionErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The native export that is read in place of the table.
 *
 * @param location its folder or manifest; null for one that DynamoDB is asked for
 * @param lakeAccount the account that the bucket must belong to; null for any
 */
public record SourcePlan(@Nullable String location, @Nullable String lakeAccount) {
  static final String SCAN = "SCAN";
  static final String NATIVE_EXPORT = "NATIVE_EXPORT";

  /** Parses the options; null for a scan. */
  static @Nullable SourcePlan of(ExportOptions options, OptionErrors problems) {
    String source = options.getSource();
    if (source == null || source.equals(SCAN)) {
      return null;
    }
    boolean located = source.startsWith(NATIVE_EXPORT + "=");
    if (!located && !source.equals(NATIVE_EXPORT)) {
      problems.add(
          "--source=%s must be SCAN, NATIVE_EXPORT, or NATIVE_EXPORT= and the folder of an export"
              .formatted(source));
      return null;
    }
    String location = located ? source.substring(NATIVE_EXPORT.length() + 1) : null;
    checkScan(options, problems);
    if (location == null) {
      checkAsked(options, problems);
    } else if (location.isEmpty()) {
      problems.add("--source=NATIVE_EXPORT= lacks the folder of the export");
    }
    return new SourcePlan(location, options.getLakeAccount());
  }

  /** Refuses the options of a scan. */
  private static void checkScan(ExportOptions options, OptionErrors problems) {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("segments", options.getSegments() != null);
    given.put("consistentRead", options.isConsistentRead());
    given.put("index", options.getIndex() != null);
    given.put("filter", options.getFilter() != null);
    given.put("projection", options.getProjection() != null);
    given.put("resumable", options.isResumable());
    given.forEach(
        (option, isGiven) -> {
          if (isGiven) {
            problems.add(
                "--" + option + " is for a scan, and --source=NATIVE_EXPORT reads a whole export");
          }
        });
  }

  /** DynamoDB writes the export into the bucket of the output. */
  private static void checkAsked(ExportOptions options, OptionErrors problems) {
    if (options.isDescribeSchema()) {
      problems.add(
          "--describeSchema writes nothing, so --source=NATIVE_EXPORT needs an export that is there:"
              + " --source=NATIVE_EXPORT=FOLDER");
    } else if (options.getOutput() != null && !options.getOutput().startsWith("s3://")) {
      problems.add(
          "--source=NATIVE_EXPORT needs an --output in S3, where DynamoDB writes the export, or an"
              + " export that is there: --source=NATIVE_EXPORT=FOLDER");
    }
  }
}
