/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.change.read.ChangeFormat;
import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.source.OpColumn;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of an import of changes.
 *
 * @param format the form of the changes; null to detect it
 * @param order the column that orders them; null for their own order
 * @param ofTable the table whose changes are applied; null for the only one
 * @param maxDeletes how many items may be deleted
 */
record ChangePlan(
    @Nullable ChangeFormat format,
    @Nullable String order,
    @Nullable String ofTable,
    long maxDeletes) {

  /** Parses the options; null when the input holds items. */
  static @Nullable ChangePlan of(ImportOptions options, OptionErrors problems) {
    problems.atLeast("maxDeletes", options.getMaxDeletes(), 0);
    if (options.getChanges() == ChangeOptions.Changes.NONE) {
      needApply("changeFormat", options.getChangeFormat() != null, problems);
      needApply("changeOrder", options.getChangeOrder() != null, problems);
      needApply("changesOf", options.getChangesOf() != null, problems);
      needApply("maxDeletes", options.getMaxDeletes() != 0, problems);
      return null;
    }
    refuseOptionsOfItems(options, problems);
    if (options.getWriteEngine().equalsIgnoreCase("dynamodbio")) {
      problems.add("--changes=APPLY needs --writeEngine=async: DynamoDBIO does not delete items");
    }
    if (options.getOnSuccess() == ImportOptions.OnSuccess.DELETE) {
      problems.add(
          "--onSuccess=DELETE does not go with --changes=APPLY: changes that were applied are needed"
              + " again to restore or to rebuild a table");
    }
    return new ChangePlan(
        options.getChangeFormat(),
        options.getChangeOrder(),
        options.getChangesOf(),
        options.getMaxDeletes());
  }

  private static void needApply(String option, boolean isGiven, OptionErrors problems) {
    if (isGiven) {
      problems.add("--" + option + " goes with --changes=APPLY");
    }
  }

  /** Refuses what makes items of records, or chooses between them. */
  private static void refuseOptionsOfItems(ImportOptions options, OptionErrors problems) {
    String keys = "a change has the key of its item";
    refuse("keyFrom", !options.getKeyFrom().equals("RECORD"), keys, problems);
    refuse(
        "pathColumns", options.getPathColumns() != null, "a change has all attributes", problems);
    String order = "of each key the last change is applied, by the order of the changes";
    refuse("dedupe", options.getDedupe() != DuplicatePolicy.DISTINCT, order, problems);
    refuse("orderBy", options.getOrderBy() != null, order, problems);
    String kind = "the input is changes";
    refuse("opColumn", options.getOpColumn() != OpColumn.CHANGES, kind, problems);
    String format = "--changeFormat names the form of changes";
    refuse("format", !options.getFormat().equals("AUTO"), format, problems);
    refuse("recordPath", options.getRecordPath() != null, format, problems);
    refuse("textAttribute", !options.getTextAttribute().equals("text"), format, problems);
    refuse("minLength", options.getMinLength() != 1, format, problems);
  }

  private static void refuse(String option, boolean isGiven, String why, OptionErrors problems) {
    if (isGiven) {
      problems.add("--%s does not go with --changes=APPLY: %s".formatted(option, why));
    }
  }
}
