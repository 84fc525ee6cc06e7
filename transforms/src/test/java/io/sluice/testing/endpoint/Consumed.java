/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.List;

/** ConsumedCapacity, as a field behind others; empty where it was not asked for. */
final class Consumed {
  private static final String FIELD = ",\"ConsumedCapacity\":";

  private Consumed() {}

  /** Of a batch, whose field is an array with an element for each table. */
  static String array(SimulatedTable table, String asked, Taken taken) {
    return asked.equals("NONE") ? "" : FIELD + "[" + of(table, asked, taken) + "]";
  }

  static String object(SimulatedTable table, String asked, Taken taken) {
    return asked.equals("NONE") ? "" : FIELD + of(table, asked, taken);
  }

  /** Of a read. */
  static String object(SimulatedTable table, String asked, double units) {
    return object(table, asked, new Taken(0, List.of(), units, new double[0]));
  }

  /** Of a batch of reads. */
  static String array(SimulatedTable table, String asked, double units) {
    return array(table, asked, new Taken(0, List.of(), units, new double[0]));
  }

  private static String of(SimulatedTable table, String asked, Taken taken) {
    StringBuilder out = new StringBuilder(128);
    out.append("{\"TableName\":\"").append(table.name());
    out.append("\",\"CapacityUnits\":").append(taken.totalUnits());
    if (asked.equals("INDEXES")) {
      out.append(",\"Table\":{\"CapacityUnits\":").append(taken.units()).append('}');
      appendIndexes(table, taken.indexUnits(), out);
    }
    return out.append('}').toString();
  }

  private static void appendIndexes(SimulatedTable table, double[] units, StringBuilder out) {
    String before = ",\"GlobalSecondaryIndexes\":{";
    for (int i = 0; i < units.length; i++) {
      if (units[i] > 0) {
        out.append(before).append('"').append(table.indexes().get(i).name());
        out.append("\":{\"CapacityUnits\":").append(units[i]).append('}');
        before = ",";
      }
    }
    if (before.equals(",")) {
      out.append('}');
    }
  }
}
