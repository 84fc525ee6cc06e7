/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a a true",
        "a b false",
        "* a.csv true",
        "* a/b false",
        "a*c abc true",
        "a*c ac true",
        "** a/b/c true",
        "a/**/c a/b/b/c true",
        "a/**/c a/c false",
        "a/**c a/b/xc true",
        "? a true",
        "? ab false",
        "? / false",
        "?.csv \uD83D\uDE00.csv true",
        "a[12] a1 true",
        "a[12] a3 false",
        "a[!1] a1 false",
        "a[!1] a2 true",
        "a[!1] a! true",
        "a[^1] a2 true",
        "a[!1] a/ false",
        "a[0-9]b a7b true",
        "a[0-9]b axb false",
        "a[]x] a] true",
        "a[a-] a- true",
        "a[*?] a* true",
        "a[*?] ax false",
        "a[.] ax false",
        "a[1.csv a[1.csv true",
        "a[/]b a/b false",
        "a{1,2}b a2b true",
        "a{1,2}b a3b false",
        "a{*.csv,x} abc.csv true",
        "a{1.csv a{1.csv true",
        "a} a} true",
        "a\\[1].csv a[1].csv true",
        "a\\*.csv ab.csv false",
        "a\\,b a,b true",
        "a.csv abcsv false",
        "a+b(c)|d^e$f a+b(c)|d^e$f true",
      })
  void matching(String glob, String name, boolean matches) {
    assertThat(Glob.parse(glob).matches(name), is(matches));
  }

  @Test
  void anyCharacterMayBeANewline() {
    assertThat(Glob.parse("a/**").matches("a/b\nc/d"), is(true));
    assertThat(Glob.parse("*.csv").matches("b\nc.csv"), is(true));
    assertThat(Glob.parse("b?c.csv").matches("b\nc.csv"), is(true));
  }

  @Test
  void literals() {
    assertThat(Glob.parse("a/b\\*c").isLiteral(), is(true));
    assertThat(Glob.parse("a/b\\*c").prefix(), is("a/b*c"));
    assertThat(Glob.parse("a/b*c").isLiteral(), is(false));
    assertThat(Glob.parse("a/b*c").prefix(), is("a/b"));
    assertThat(Glob.parse("a[1.csv").isLiteral(), is(true));
    assertThat(Glob.hasWildcard("a{1}"), is(true));
    assertThat(Glob.hasWildcard("a\\?"), is(false));
  }

  @Test
  void anEscapedNameMatchesItselfAlone() {
    String name = "a/*?[x]{y,z}\\,\n#'\"~ \u00e9";
    Glob glob = Glob.parse(Glob.escape(name));
    assertThat(glob.isLiteral(), is(true));
    assertThat(glob.prefix(), is(name));
    assertThat(glob.matches(name), is(true));
  }

  @Test
  void segmentsAreBetweenSlashes() {
    assertThat(
        Glob.parse("a/b*/{c/d,e}/f").segments().stream().map(Glob::toString).toList(),
        is(java.util.List.of("a", "b*", "{c/d,e}", "f")));
  }
}
