/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.sts;

import io.sluice.localaws.dynamodb.signature.AccessKey;
import java.util.Objects;

/**
 * A role and the key that whoever assumes it gets.
 *
 * @param arn such as {@code arn:aws:iam::123456789012:role/lake}
 */
public record Role(String arn, AccessKey key) {
  public Role {
    Objects.requireNonNull(arn, "arn");
    Objects.requireNonNull(key, "key");
    if (!arn.matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")) {
      throw new IllegalArgumentException(
          "'" + arn + "', must be the ARN of a role such as arn:aws:iam::123456789012:role/NAME");
    }
  }

  /** Returns the ARN of a session of this role. */
  String session(String name) {
    return arn.replaceFirst(":iam::", ":sts::").replaceFirst(":role/", ":assumed-role/")
        + "/"
        + name;
  }
}
