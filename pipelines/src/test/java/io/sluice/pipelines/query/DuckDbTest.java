/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {
  @TempDir Path folder;

  @Test
  void controlCharactersOfAResultAreShown() throws Exception {
    try (DuckDb db = DuckDb.open()) {
      assertThat(
          db.query("select 'a' || chr(27) || '[2J' || chr(10) as \"b\u001B\"", 9),
          is(
              """
              b\\u001b
              ------------
              a\\u001b[2J\\n
              (1 row)
              """));
    }
  }

  /** The statement has no result to show, but is run. */
  @Test
  void aStatementIsCarriedOut() throws Exception {
    Path file = folder.resolve("a.csv");
    try (DuckDb db = DuckDb.open()) {
      assertThat(
          db.query("copy (select * from range(3)) to '" + file + "'", 9), is("(3 rows written)\n"));
      assertThat(Files.readString(file), is("range\n0\n1\n2\n"));
      assertThat(db.query("create view v as select 1 as a", 9), is("(0 rows written)\n"));
      assertThat(db.query("select a from v", 9), is("a\n-\n1\n(1 row)\n"));
    }
  }
}
