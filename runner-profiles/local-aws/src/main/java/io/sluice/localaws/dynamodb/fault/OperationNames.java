/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows the names of the operations, and those that stand for several. */
final class OperationNames {

  /** Lists the operations on items. */
  static final Set<String> ITEMS =
      Set.of(
          "PutItem",
          "GetItem",
          "DeleteItem",
          "UpdateItem",
          "BatchWriteItem",
          "BatchGetItem",
          "Query",
          "Scan",
          "TransactWriteItems",
          "TransactGetItems");

  private static final Set<String> OTHERS =
      Set.of(
          "CreateTable",
          "DescribeTable",
          "UpdateTable",
          "DeleteTable",
          "ListTables",
          "DescribeTimeToLive",
          "UpdateTimeToLive",
          "TagResource",
          "UntagResource",
          "ListTagsOfResource",
          "ListStreams",
          "DescribeStream",
          "GetShardIterator",
          "GetRecords",
          "DescribeContinuousBackups",
          "UpdateContinuousBackups",
          "ExportTableToPointInTime",
          "DescribeExport",
          "ListExports",
          "ImportTable",
          "DescribeImport",
          "ListImports",
          "FilterLogEvents",
          "StartBulkPutItems",
          "DescribeBulkOperation",
          "CancelBulkOperation",
          "ListBulkOperations");

  /** Lists all operations that the server has. */
  static final Set<String> ALL =
      Stream.concat(ITEMS.stream(), OTHERS.stream()).collect(Collectors.toUnmodifiableSet());

  private OperationNames() {}

  /**
   * Replaces {@code items} by the operations on items; {@code *} makes it none, which stands for
   * all.
   *
   * @throws IllegalArgumentException if one is no operation
   */
  static Set<String> expand(Collection<String> names) {
    Set<String> operations = new HashSet<>();
    for (String name : names) {
      if (name.equals("items")) {
        operations.addAll(ITEMS);
      } else if (!name.equals("*")) {
        check(name);
        operations.add(name);
      }
    }
    return names.contains("*") ? Set.of() : Set.copyOf(operations);
  }

  /**
   * Checks that the server has an operation.
   *
   * @throws IllegalArgumentException if it has not
   */
  static void check(String name) {
    if (!ALL.contains(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is no operation: it must be one, as PutItem, or items or *");
    }
  }
}
