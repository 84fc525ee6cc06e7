/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

/** Reads the region out of the credential in an Authorization header. */
final class Credential {

  /** Is the region of requests that name none. */
  static final String DEFAULT_REGION = "us-east-1";

  private static final String CREDENTIAL = "Credential=";

  private Credential() {}

  /** Gives the region that a request is signed for: the third part of KEY/DATE/REGION/... */
  static String region(String authorization) {
    int begin = authorization.indexOf(CREDENTIAL);
    int end = begin < 0 ? -1 : authorization.indexOf(',', begin);
    String credential =
        begin < 0
            ? ""
            : authorization.substring(
                begin + CREDENTIAL.length(), end < 0 ? authorization.length() : end);
    int date = credential.indexOf('/') + 1;
    int region = credential.indexOf('/', date) + 1;
    int service = credential.indexOf('/', region);
    return date > 1 && region > date + 1 && service > region
        ? credential.substring(region, service)
        : DEFAULT_REGION;
  }
}
