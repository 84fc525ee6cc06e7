/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

/** A reason not to start that the user can act on; they see only its one line. */
final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private StartException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Creates the exception for an option that is unknown, or whose value is not allowed. */
  static StartException badOption(String message) {
    return new StartException(2, message, null);
  }

  /** Creates the exception for a server whose port is taken, or not allowed to this user. */
  static StartException cannotListen(String service, int port, String option, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message =
        String.format(
            "%s cannot listen on port %d (%s): choose another with %s=PORT, or a free one with %s=0",
            service, port, root.getMessage(), option, option);
    return new StartException(1, message, cause);
  }

  /** Creates the exception for a folder whose tables cannot be opened, with its own sentence. */
  static StartException cannotOpen(RuntimeException cause) {
    return new StartException(1, cause.getMessage(), cause);
  }

  /** Creates the exception for a server that does not do what it should, with its own sentence. */
  static StartException failed(String message, Throwable cause) {
    return new StartException(1, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
