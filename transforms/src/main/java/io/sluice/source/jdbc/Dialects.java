/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

/** Finds the dialect of a database by its URL. */
final class Dialects {
  private static final Dialect POSTGRES = new PostgresDialect();
  private static final Dialect STANDARD = new StandardDialect();

  private Dialects() {}

  static Dialect of(String url) {
    return url.startsWith(PostgresDialect.SCHEME) ? POSTGRES : STANDARD;
  }
}
