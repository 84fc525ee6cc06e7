/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;

import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.request.Shape;

/**
 * Describes the request of one of the two operations.
 *
 * @param options the members that are strings
 * @param item an element of TransactItems, whose members are the possible actions
 */
record Form(Shape.Struct options, Shape.Struct item) {

  /** Describes TransactGetItems. */
  static final Form GET =
      new Form(
          Shape.struct("TransactGetItemsInput", ItemShapes.CAPACITY),
          Shape.struct("TransactGetItem", required("Get", ItemShapes.GET_ACTION)));

  /** Describes TransactWriteItems, except for its token, which has a check of its own. */
  static final Form WRITE =
      new Form(
          Shape.struct("TransactWriteItemsInput", ItemShapes.CAPACITY, ItemShapes.METRICS),
          Shape.struct(
              "TransactWriteItem",
              optional("ConditionCheck", ItemShapes.CHECK_ACTION),
              optional("Put", ItemShapes.PUT_ACTION),
              optional("Delete", ItemShapes.DELETE_ACTION),
              optional("Update", ItemShapes.UPDATE_ACTION)));
}
