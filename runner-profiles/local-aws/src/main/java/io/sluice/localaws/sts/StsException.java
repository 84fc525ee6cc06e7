/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.sts;

/** An error that STS answers with. */
final class StsException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;

  private final int status;
  private final String code;

  private StsException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static StsException invalid(String message) {
    return new StsException(BAD_REQUEST, "ValidationError", message);
  }

  static StsException unknown(String action) {
    return new StsException(
        BAD_REQUEST,
        "InvalidAction",
        "Could not find operation " + action + " for version 2011-06-15");
  }

  /** The service does not say whether there is such a role, nor that an external id is wanted. */
  static StsException denied(String arn) {
    return new StsException(
        FORBIDDEN,
        "AccessDenied",
        "User: arn:aws:iam::000000000000:user/local is not authorized to perform: sts:AssumeRole on "
            + "resource: "
            + arn);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
