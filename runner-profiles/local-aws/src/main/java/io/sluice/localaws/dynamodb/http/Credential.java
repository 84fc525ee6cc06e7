/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the region out of the credential in an Authorization header. */
final class Credential {

  /** Is the region of requests that name none. */
  static final String DEFAULT_REGION = "us-east-1";

  private static final Pattern REGION = Pattern.compile("Credential=[^/, ]+/[^/, ]+/([^/, ]+)/");

  private Credential() {}

  /** Gives the region that a request is signed for. */
  static String region(String authorization) {
    Matcher matcher = REGION.matcher(authorization);
    return matcher.find() ? matcher.group(1) : DEFAULT_REGION;
  }
}
