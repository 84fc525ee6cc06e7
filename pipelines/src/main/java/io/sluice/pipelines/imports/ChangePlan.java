/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.change.read.ChangeFormat;
import io.sluice.dynamodb.write.WriteEngine;
import io.sluice.format.FileCompression;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.input.FormatOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of an import of changes.
 *
 * @param format the form of the changes; null to detect it
 * @param order the column that orders them; null for their own order
 * @param ofTable the table whose changes are applied, of records that name theirs; null for that of
 *     the first one
 * @param maxDeletes how many items may be deleted
 * @param ofFormats the given options that are for files of some formats only, each with those
 */
record ChangePlan(
    @Nullable ChangeFormat format,
    @Nullable String order,
    @Nullable String ofTable,
    long maxDeletes,
    SortedMap<String, List<FileFormat>> ofFormats) {

  /** The options that make items of records or choose between them, and why changes have none. */
  private static final Map<String, String> OF_ITEMS = ofItems();

  /**
   * Parses the options; null when the input holds items.
   *
   * @param engine the one that writes; null when it is not known
   * @param deletesInput whether the files are deleted once everything is written
   */
  static @Nullable ChangePlan of(
      ImportOptions options,
      @Nullable WriteEngine engine,
      boolean deletesInput,
      OptionErrors problems) {
    problems.atLeast("maxDeletes", options.getMaxDeletes(), 0);
    if (options.getChanges() == ChangeOptions.Changes.NONE) {
      needApply("changeFormat", options.getChangeFormat() != null, problems);
      needApply("changeOrder", options.getChangeOrder() != null, problems);
      needApply("changesOf", options.getChangesOf() != null, problems);
      needApply("maxDeletes", options.getMaxDeletes() != 0, problems);
      return null;
    }
    refuseOptionsOfItems(options, problems);
    String order = options.getChangeOrder();
    if (options.isNestColumns() && order != null && order.indexOf('.') >= 0) {
      problems.add(
          "--changeOrder=%s is in a map with --nestColumns: it must be an attribute of the item"
                  .formatted(order)
              + " itself");
    }
    if (engine == WriteEngine.DYNAMODBIO) {
      problems.add("--changes=APPLY needs --writeEngine=async: DynamoDBIO does not delete items");
    }
    if (deletesInput) {
      problems.add(
          "--onSuccess=DELETE does not go with --changes=APPLY: changes that were applied are needed"
              + " again to restore or to rebuild a table");
    }
    ChangePlan plan =
        new ChangePlan(
            options.getChangeFormat(),
            options.getChangeOrder(),
            options.getChangesOf(),
            options.getMaxDeletes(),
            FormatOptions.given(options));
    if (plan.format != null) {
      plan.checkForm(plan.format, plan.format.formats(), options.getCompression(), problems);
    }
    return plan;
  }

  /**
   * Adds a problem for each given option that is not valid for files of a form.
   *
   * @param formats in which the files are read, if their options are of use
   */
  void checkForm(
      ChangeFormat form,
      Set<FileFormat> formats,
      FileCompression compression,
      OptionErrors problems) {
    String isOf = formats.size() == 1 ? form + " in " + formats.iterator().next() : form.name();
    ofFormats.forEach(
        (option, valid) -> {
          // That of paths to records is refused whatever the form is.
          if (Collections.disjoint(valid, formats) && !OF_ITEMS.containsKey(option)) {
            problems.add("--%s does not go with changes of the form %s".formatted(option, isOf));
          }
        });
    if (form.isListed() && compression != FileCompression.AUTO) {
      problems.add("--compression does not go with changes of the form " + isOf);
    }
  }

  private static void needApply(String option, boolean isGiven, OptionErrors problems) {
    if (isGiven) {
      problems.add("--" + option + " goes with --changes=APPLY");
    }
  }

  /** Refuses what makes items of records, or chooses between them. */
  private static void refuseOptionsOfItems(ImportOptions options, OptionErrors problems) {
    OF_ITEMS.forEach(
        (option, why) -> {
          if (FormatOptions.isGiven(option, options)) {
            problems.add("--%s does not go with --changes=APPLY: %s".formatted(option, why));
          }
        });
  }

  private static Map<String, String> ofItems() {
    String order = "of each key the last change is applied, by the order of the changes";
    String format = "--changeFormat names the form of changes";
    Map<String, String> why = new LinkedHashMap<>();
    why.put("keyFrom", "a change has the key of its item");
    why.put("pathColumns", "a change has all attributes");
    why.put("dedupe", order);
    why.put("orderBy", order);
    why.put("opColumn", "the input is changes");
    why.put("format", format);
    why.put("recordPath", format);
    why.put("textAttribute", format);
    why.put("minLength", format);
    return why;
  }
}
