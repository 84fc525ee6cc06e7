/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsWithinTest {
  private static ListsWithin in(String document) {
    return ListsWithin.of(document.replace('`', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`data`:{`rows`:[{`id`:1}]},`next`:1}; [data.rows]",
        "{`Items`:[{`id`:1}],`Count`:1}; [Items]",
        "{`a`:{`b`:[{`x`:[{}]}]},`c`:[{`d`:1}]}; [c, a.b, a.b.0.x]",
        "{`DataModel`:[{`TableName`:`t`,`TableData`:[{`id`:{`S`:`1`}}]}]}; "
            + "[DataModel, DataModel.0.TableData]",
        "{`data`:[{`id`:1},{`id; [data]",
        "{`a.b`:[{`id`:1}]}; []",
        "{`id`:1,`tags`:[`a`],`none`:[]}; []",
        "{`data`:[{`id`:1}]}{`data`:[{`id`:1}]}; []",
        "[{`data`:[{`id`:1}]}]; []",
        "no JSON; []",
      })
  void listsOfObjectsAreNamedByTheirPaths(String document, String paths) {
    assertThat(in(document).paths().toString(), is(paths));
  }

  @Test
  void theMembersAreThoseOfTheDocument() {
    assertThat(in("\n {`b`:[{`x`:1}],\n`a`:2}\n").members(), is(List.of("b", "a")));
    assertThat(in("").members(), is(List.of()));
  }

  @Test
  void ofUtf16NothingIsSaid() {
    byte[] utf16 = "{\"data\":[{\"id\":1}]}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(ListsWithin.of(utf16).paths(), is(List.of()));
  }
}
