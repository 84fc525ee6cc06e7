/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.signature;

import java.util.Objects;

/** Holds an access key that requests may be signed with; prints its id alone. */
public record AccessKey(String id, String secret) {

  public AccessKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(secret, "secret");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("id and secret of an access key must not be empty");
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
