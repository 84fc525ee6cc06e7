/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.schema.TableSchema;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of an export that the manifest of its snapshot repeats, for people. */
final class ToldOptions {
  private ToldOptions() {}

  /**
   * Returns the options that the manifest repeats: not the expression values, which may be
   * contents.
   */
  static Map<String, String> of(ExportPlan plan, @Nullable ExportManifest export) {
    Map<String, String> told = new TreeMap<>();
    putIfGiven(told, "schema", plan.schema());
    if (plan.maps() == TableSchema.Maps.FLAT) {
      told.put("flattenColumns", "true");
    }
    if (export != null) {
      told.put("source", SourcePlan.NATIVE_EXPORT);
      told.put("export", export.folder());
      told.put("consistency", export.summary().isOfScan() ? "SCAN" : "POINT_IN_TIME");
      return told;
    }
    told.put("readRatio", Double.toString(plan.budget().budget().ratio()));
    told.put("consistentRead", Boolean.toString(plan.scan().consistentRead()));
    putIfGiven(told, "index", plan.scan().index());
    putIfGiven(told, "filter", plan.scan().filter());
    putIfGiven(told, "projection", plan.scan().projection());
    putIfGiven(told, "expressionNames", plan.scan().expressionNames());
    return told;
  }

  private static void putIfGiven(Map<String, String> told, String name, @Nullable String value) {
    if (value != null) {
      told.put(name, value);
    }
  }
}
