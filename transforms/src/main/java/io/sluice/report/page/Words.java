/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.util.Map;
import java.util.TreeMap;

/** Says what the names in a report mean. */
final class Words {
  private static final Map<String, String> COUNTS =
      lines(
          """
          skipped: left out on purpose, such as blank lines
          duplicates: left out, since another with the same key was chosen
          superseded: changes of a key that changed again later
          withheld: fine, but not written or deleted: there were too many rejections or deletes
          left: not written or deleted, because the time was up
          written: accepted by DynamoDB, or in the files of a published snapshot
          deleted: keys of which the table has no item any more
          writable: would have been written, if this were no dry run
          deletable: would have been deleted, if this were no dry run
          matched: the same in both
          unchanged: not written, because the table has them as they are
          earlier: written by an earlier start of the job, and not again
          kept: in the files of the result
          dropped: left out, by what the table has
          rejected: not to be taken as they are, for the reasons below
          deletes: keys whose last change is a delete, whatever became of it
          ties: keys with several last changes that differ, of which a rule chose one
          surplus: items that only the table has
          pruned: deleted from the table
          prunable: would have been deleted, if this were no dry run
          retained: changed by others meanwhile, and so not deleted
          spared: not deleted, because the job may not, or not so many
          """);

  private static final Map<String, String> REASONS =
      lines(
          """
          MALFORMED: cannot be parsed
          NOT_UTF8: text that is not valid UTF-8
          RECORD_TOO_LONG: longer than the limit of the reader
          HEADER: the header has an empty or a repeated name, or lacks a column
          FIELD_COUNT: more or fewer fields than the header has names
          NOT_OF_TYPE: a value is not of the type that is required
          NOT_AN_ITEM: well-formed, but not an item to put
          KEY_MISSING: an attribute of the key is missing
          KEY_TYPE: an attribute of the key has another type than the table's
          KEY_EMPTY: an attribute of the key is empty
          KEY_TOO_LONG: an attribute of the key is too long
          KEY_CONFLICT: has an attribute with the name of one that is to be added
          DUPLICATE_KEY: another has the same key and other attributes
          NUMBER_RANGE: a number that DynamoDB cannot hold
          BAD_SET: an empty set, or one that has an element twice
          ATTRIBUTE_NAME: a name of an attribute that is empty or too long
          NESTING: maps and lists are nested too deeply
          ITEM_TOO_LARGE: larger than 400 KB
          REFUSED: refused by DynamoDB
          MISSING: the table has no item with this key
          DIFFERENT: the table has this item with other attributes
          UNEXPECTED: only the table has this item
          """);

  private Words() {}

  private static Map<String, String> lines(String text) {
    Map<String, String> lines = new TreeMap<>();
    text.lines().map(line -> line.split(": ", 2)).forEach(pair -> lines.put(pair[0], pair[1]));
    return lines;
  }

  /** Returns what a count counts; empty when it is not known. */
  static String ofCount(String name) {
    return COUNTS.getOrDefault(name, "");
  }

  /** Returns what a count counts, for a sentence: "1 duplicate", "2 written". */
  static String counted(long count, String name) {
    boolean isOneOfMany = count == 1 && name.equals("duplicates");
    return Texts.number(count) + " " + (isOneOfMany ? "duplicate" : name);
  }

  /** Returns what is wrong with what is rejected for this reason; empty when it is not known. */
  static String ofReason(String name) {
    return REASONS.getOrDefault(name, "");
  }

  /** Returns what a job was doing in a stage. */
  static String ofStage(String name) {
    return switch (name) {
      case "READ" -> "in reading";
      case "DEDUPE" -> "in finding duplicates";
      case "WRITE" -> "in writing";
      case "VERIFY" -> "in comparing";
      default -> name;
    };
  }
}
