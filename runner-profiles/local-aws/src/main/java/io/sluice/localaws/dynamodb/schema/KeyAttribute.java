/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.schema;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Objects;

/** Names an attribute that is part of a key, and its type. */
public record KeyAttribute(String name, Type type) {

  /** Lists the types that a key attribute can have, in the order of the service's messages. */
  public enum Type {
    B,
    N,
    S
  }

  public KeyAttribute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** Reports whether {@code value} has the type of this attribute. */
  public boolean fits(Value value) {
    return type.name().equals(value.type());
  }
}
