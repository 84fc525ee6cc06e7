/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import java.util.Map;

/**
 * Describes a map from names, which may be any, to structures of one form, for a reader of its own:
 * it is not converted.
 */
public record MapOf(Shape.Struct element) implements Shape {

  @Override
  public Object convert(Object tree) {
    throw new UnsupportedOperationException("requests with such maps are not read as trees");
  }

  @Override
  public void check(Object value, String path, Violations out) {
    ((Map<?, ?>) value)
        .forEach((name, entry) -> element.check(entry, path + "." + name + ".member", out));
  }
}
