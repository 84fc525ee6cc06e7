/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeRules;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.UnreadableFileException;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads files of AWS DMS: rows of a table, CSV or Parquet, whose first column {@code Op} says
 * whether the row was inserted (I), updated (U) or deleted (D).
 */
final class DmsChanges {
  static final String OP = "Op";

  /** The column in which DMS numbers changes, if it was told to. */
  static final String SEQUENCE = "AR_H_CHANGE_SEQ";

  private static final Pattern LOADED = Pattern.compile("LOAD[0-9A-Fa-f]+\\..*");

  private final Format format;
  private final RowOrder order;
  private final ChangeRules rules;
  private final ChangeSink sink;

  /**
   * @param format of the files, for the key of the table
   */
  DmsChanges(Format format, RowOrder order, ChangeRules rules, ChangeSink sink) {
    this.format = format;
    this.order = order;
    this.rules = rules;
    this.sink = sink;
  }

  /** Whether a file, by its name without folders, is one of a full load. */
  static boolean isLoaded(String filename) {
    return LOADED.matcher(filename).matches();
  }

  /** Reads a file. */
  void read(ChangeFile file) throws IOException {
    boolean isLoaded = isLoaded(file.slice().filename());
    try (RecordReader records = format.open(file.slice())) {
      checkColumns(file.name(), records.columns(), isLoaded);
      for (long row = 0; records.next(); row++) {
        Origin origin = records.origin();
        try {
          Map<String, AttributeValue> item = records.parse();
          if (item == null) {
            sink.skip();
          } else {
            sink.change(change(item, file.rank(), row, isLoaded).from(origin));
          }
        } catch (InvalidItemException e) {
          sink.reject(origin, records.record(), e);
        }
      }
    }
  }

  private void checkColumns(String file, List<String> columns, boolean isLoaded)
      throws IOException {
    if (columns.isEmpty()) {
      return;
    }
    if (!columns.get(0).equals(OP)) {
      throw new UnreadableFileException(
          file,
          "has no first column named Op, so its rows are items and no changes: import it before,"
              + " without --changes");
    }
    if (!isLoaded && order.column() != null && !columns.contains(order.column())) {
      throw new UnreadableFileException(
          file, "has no column '" + order.column() + "', which orders the changes");
    }
  }

  private Change change(Map<String, AttributeValue> item, int rank, long row, boolean isLoaded)
      throws InvalidItemException {
    AttributeValue op = item.remove(OP);
    BigInteger sequence = order.of(item, rank, row, isLoaded);
    return switch (op == null || op.s() == null ? "" : op.s()) {
      case "I", "U" -> rules.put(item, sequence, 0);
      case "D" -> rules.delete(item, sequence, 0);
      default -> throw new InvalidItemException(Reason.NOT_AN_ITEM, "its Op is none of I, U and D");
    };
  }
}
