/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import java.io.Serializable;
import java.util.List;

/**
 * What the payload of a rejection is written in, so that it can be read again.
 *
 * @param name the name of the format, as the import calls it
 * @param columns the names of the fields, for a format that has them at the head of a file; else
 *     empty
 */
public record PayloadFormat(String name, List<String> columns) implements Serializable {
  /** An item as a line of DynamoDB JSON. */
  public static final PayloadFormat ITEM = new PayloadFormat("DYNAMODB_JSON", List.of());

  public PayloadFormat {
    columns = List.copyOf(columns);
  }
}
