/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.bulk.LoadOperation;
import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.pipelines.table.WriteRateOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the given options that would have no effect on an import that DynamoDB does itself. */
final class LoadRefusalsPlan {
  private LoadRefusalsPlan() {}

  /** Returns the options by name, each with the reason. */
  static Map<String, String> of(ImportOptions options, LoadOperation operation) {
    boolean isNew = operation == LoadOperation.IMPORT_TABLE;
    String rate =
        isNew
            ? "it takes no write units of the table"
            : "DynamoDB has its own rate, which --bulkWriteUnits bounds";
    Map<String, String> refused = new LinkedHashMap<>();
    if (options.getWriteRatio() != WriteRateOptions.DEFAULT_WRITE_RATIO) {
      refused.put("writeRatio", rate);
    }
    if (options.getOnDemandWriteUnits() != null) {
      refused.put("onDemandWriteUnits", rate);
    }
    if (options.getRaiseCapacity() != null) {
      refused.put("raiseCapacity", rate);
    }
    if (options.getCoordination() != null) {
      refused.put("coordination", rate);
    }
    if (options.getWriteUnitHourPrice() != null) {
      refused.put("writeUnitHourPrice", "it is not charged by write units");
    }
    if (options.getMillionWritesPrice() != null) {
      refused.put("millionWritesPrice", "it is not charged by write units");
    }
    if (options.getDeadline() != null) {
      refused.put("deadline", "nobody promises how long it takes");
    }
    if (options.getTerminateAfter() != null) {
      refused.put("terminateAfter", "what DynamoDB has begun is not stopped");
    }
    if (options.getWrite() != CompareOptions.Write.ALL) {
      refused.put("write", isNew ? "there is no table to compare with" : "it puts all items");
    }
    if (options.isPrune()) {
      refused.put("prune", isNew ? "there is no table to prune" : "it deletes nothing");
    }
    if (options.getChanges() != ChangeOptions.Changes.NONE) {
      refused.put("changes", "it applies no changes");
    }
    if (options.getDedupe() == DuplicatePolicy.NONE) {
      refused.put("dedupe", "DynamoDB keeps any one of several items with the same key");
    }
    if (!isNew && options.getCreateTable() != null) {
      refused.put("createTable", "it puts items into a table that exists");
    }
    return refused;
  }
}
