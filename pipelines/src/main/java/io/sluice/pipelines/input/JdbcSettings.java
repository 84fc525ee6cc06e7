/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.source.KeyFrom;
import io.sluice.source.jdbc.Database;
import io.sluice.source.jdbc.RowQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of reading a database, before it is asked.
 *
 * @param database where it is, with the password
 * @param query what is read
 * @param choosesSlices whether the number of slices is not given, so that of the query is none
 */
public record JdbcSettings(Database database, RowQuery query, boolean choosesSlices) {
  /** The environment variable of the password, unless another one is named. */
  static final String PASSWORD_ENV = "SLUICE_JDBC_PASSWORD";

  private static final Pattern URL = Pattern.compile("jdbc:[a-zA-Z0-9.+-]+:\\S.*");

  /** A user before the host, which PostgreSQL's driver would take for a part of the host. */
  private static final Pattern USER = Pattern.compile("jdbc:postgresql:(?:[^?]*|[^=]*)@.*");

  /** Settings of a URL with which values would not come as text, or not page by page. */
  private static final Pattern UNFIT =
      Pattern.compile(
          "[?&](binaryTransfer=(?!(?i:false)(&|$))|binaryTransferEnable=[^&]"
              + "|preferQueryMode=(?!extended(&|$)))");

  /** Whether a database is the source. */
  static boolean isUsed(JdbcOptions options) {
    return InputSourceNames.JDBC.equals(options.getSource());
  }

  /** Parses the options; null when files are the source, or the options have errors. */
  static @Nullable JdbcSettings of(SourceOptions options, OptionErrors problems) {
    if (!isUsed(options)) {
      FormatOptions.refuseOfDatabase(options, problems);
      return null;
    }
    FormatOptions.refuseOfFiles(options, problems);
    checkKeys(options, problems);
    checkUrl(options.getJdbcUrl(), problems);
    String password = password(options, problems);
    RowQuery query = query(options, problems);
    if (options.getPartitions() != null
        && options.getPartitionColumn() == null
        && options.getJdbcTable() == null) {
      problems.add("--partitions goes with --partitionColumn or --jdbcTable");
    }
    if (query == null || options.getJdbcUrl() == null) {
      return null;
    }
    List<String> jars = options.getJdbcDriverJar();
    return new JdbcSettings(
        Database.of(
            options.getJdbcUrl(), options.getJdbcUser(), password, jars == null ? List.of() : jars),
        query,
        options.getPartitions() == null);
  }

  private static void checkKeys(SourceOptions options, OptionErrors problems) {
    boolean isHash =
        options.getKeyFrom().equalsIgnoreCase(KeyFrom.Source.MD5.name())
            || options.getKeyFrom().equalsIgnoreCase(KeyFrom.Source.SHA256.name());
    if (isHash) {
      problems.add(
          "--keyFrom=%s does not go with --source=JDBC: a row has no bytes to make a hash of; name"
                  .formatted(options.getKeyFrom())
              + " columns, such as --keyFrom=a,b");
    }
    boolean goesByPlace =
        options.getDedupe() == DuplicatePolicy.LATEST
            || options.getDedupe() == DuplicatePolicy.FIRST;
    if (goesByPlace && options.getOrderBy() == null) {
      problems.add(
          "--dedupe=%s needs --orderBy with --source=JDBC: rows have no order of their own"
              .formatted(options.getDedupe()));
    }
  }

  private static void checkUrl(@Nullable String url, OptionErrors problems) {
    if (url == null) {
      problems.add(
          "--jdbcUrl is missing: give the database, such as jdbc:postgresql://host:5432/shop");
    } else if (!URL.matcher(url).matches()) {
      // The text may be a password, and is not repeated.
      problems.add("--jdbcUrl must be the URL of a database, such as jdbc:postgresql://host/shop");
    } else if (USER.matcher(url).matches()) {
      problems.add(
          "--jdbcUrl: a URL of PostgreSQL has no user before the host: give --jdbcUser, and the"
              + " password by --jdbcPasswordEnv or --jdbcPasswordFile");
    } else if (url.startsWith("jdbc:postgresql:") && UNFIT.matcher(url).find()) {
      problems.add(
          "--jdbcUrl: binaryTransfer, binaryTransferEnable and preferQueryMode are not for a job,"
              + " which reads values as text, page by page");
    }
  }

  private static @Nullable RowQuery query(JdbcOptions options, OptionErrors problems) {
    String table = options.getJdbcTable();
    String query = options.getJdbcQuery();
    if ((table == null) == (query == null)) {
      problems.add(
          table == null
              ? "--jdbcTable or --jdbcQuery is missing: one of them says what to read"
              : "--jdbcTable and --jdbcQuery do not go together: one of them says what to read");
      return null;
    }
    Integer given = options.getPartitions();
    if (given != null && (given < 1 || given > RowQuery.MAX_PARTITIONS)) {
      problems.add("--partitions=%d must be 1 to %d".formatted(given, RowQuery.MAX_PARTITIONS));
      return null;
    }
    return problems.parse(
        table == null ? "jdbcQuery" : "jdbcTable",
        "",
        ignored ->
            new RowQuery(
                table,
                query,
                options.getJdbcJson(),
                options.getPartitionColumn(),
                given == null ? 1 : given));
  }

  private static @Nullable String password(JdbcOptions options, OptionErrors problems) {
    String variable = options.getJdbcPasswordEnv();
    String file = options.getJdbcPasswordFile();
    boolean isNamed = !variable.equals(PASSWORD_ENV);
    if (file != null) {
      if (isNamed) {
        problems.add("--jdbcPasswordEnv and --jdbcPasswordFile do not go together");
      }
      return passwordIn(file, problems);
    }
    String password = System.getenv(variable);
    if (password == null && isNamed) {
      // The text may be the password, and is not repeated.
      problems.add("--jdbcPasswordEnv: there is no environment variable of that name");
    }
    return password;
  }

  private static @Nullable String passwordIn(String file, OptionErrors problems) {
    try {
      String text = Files.readString(Path.of(file));
      return text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException | InvalidPathException e) {
      // The text may be the password, and is not repeated.
      problems.add("--jdbcPasswordFile: there is no file of that name that can be read as text");
      return null;
    }
  }
}
