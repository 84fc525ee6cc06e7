/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  private static String shown(String url) {
    return new DatabaseUrl(url, null).shown();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://host:5432/shop, jdbc:postgresql://host:5432/shop",
    "jdbc:postgresql://u:secret@host/shop?ssl=true, jdbc:postgresql://host/shop",
    "jdbc:postgresql://host/shop?user=u&password=secret, jdbc:postgresql://host/shop",
    "jdbc:postgresql:shop, jdbc:postgresql:shop",
    "jdbc:sqlserver://host:1433;databaseName=shop;password=secret, jdbc:sqlserver://host:1433",
    "jdbc:db2://host:50000/shop:user=u;password=secret;, jdbc:db2://host:50000/shop",
    "jdbc:oracle:thin:u/secret@//host:1521/shop, jdbc:oracle:thin://host:1521/shop",
    "jdbc:oracle:thin:u/secret@host:1521:shop, jdbc:oracle:thin:host:1521:shop",
    "jdbc:redshift:iam://u:secret@host:5439/shop, jdbc:redshift:iam://host:5439/shop",
    "jdbc:duckdb:/tmp/shop.db, jdbc:duckdb:/tmp/shop.db",
    "jdbc:mysql://u:secret@host/shop, jdbc:mysql://host/shop",
    "jdbc:postgresql://[::1]:5432/shop, jdbc:postgresql://[::1]:5432/shop",
    "jdbc:postgresql:///shop, jdbc:postgresql:///shop",
    "jdbc:mysql:replication://a:3306/shop, jdbc:mysql:replication://a:3306/shop",
    "jdbc:trino://host:8080/hive/web, jdbc:trino://host:8080/hive/web",
    "jdbc:duckdb:, jdbc:duckdb:"
  })
  void isShownWithoutSecrets(String url, String shown) {
    assertThat(shown(url), is(shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:sec?ret@host/shop",
        "jdbc:postgresql://u:sec;ret@host/shop",
        "jdbc:postgresql://u:secret@in/it@host/shop",
        "jdbc:postgresql://host/shop?password=secret@home",
        "jdbc:postgresql://host/shop?user=a@b&password=secret",
        "jdbc:oracle:thin:u/sec@ret@host:1521:shop",
        "jdbc:oracle:thin:u/secret",
        "jdbc:oracle:thin:@(DESCRIPTION=(HOST=h)(PASSWORD=secret))",
        "jdbc:mysql://address=(host=h)(user=u)(password=secret)/shop",
        "jdbc:mysql://(host=h,password=secret)/shop",
        "jdbc:teradata://host/DATABASE=shop,PASSWORD=secret",
        "jdbc:athena:Password=secret",
        "jdbc:db2://host:50000/shop:trust_password=secret;",
        "jdbc:postgresql://u:secret/shop",
        "postgresql://u:secret@host/shop",
        "secret"
      })
  void hidesWhatMayBeSecret(String url) {
    assertThat(shown(url), not(containsString("sec")));
    assertThat(shown(url), not(containsString("ret")));
    assertThat(shown(url), not(containsString("home")));
  }

  @Test
  void scrubsMessages() {
    String url = "jdbc:postgresql://u:secret@host/shop";
    assertThat(
        new DatabaseUrl(url, "hunter2").scrubbed("cannot open " + url + " with hunter2"),
        is("cannot open jdbc:postgresql://host/shop with ***"));
  }

  /** A driver may know another form, and repeat a part of the URL. */
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://u:secret@host:5432/shop, no such host: u:secret@host, no such host: ***@host",
    "jdbc:mysql://u:secret@host/shop, no user secret, no user ***",
    "jdbc:oracle:thin:u/secret@host:1521:shop, no user secret, no user ***",
    "jdbc:postgresql://host/shop?user=u&password=sec%20ret, sec ret and sec%20ret, *** and ***",
    "jdbc:sqlserver://host;PWD=secret;database=shop, no secret, no ***",
    "jdbc:postgresql://host/shop?ssl=true, it is true, it is true"
  })
  void scrubsWhatMayBeAPasswordInTheUrl(String url, String message, String scrubbed) {
    assertThat(new DatabaseUrl(url, null).scrubbed(message), is(scrubbed));
  }
}
