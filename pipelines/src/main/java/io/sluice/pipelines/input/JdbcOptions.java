/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OneOf;
import io.sluice.pipelines.table.TableOptions;
import io.sluice.source.jdbc.value.JsonAs;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options for reading a database; {@link JdbcSettings} defines their joint meaning. */
public interface JdbcOptions extends TableOptions {

  /** Without a default, since an export has an option of this name, too. */
  @Group(Group.Heading.INPUT)
  @Description(
      "Where the records come from. FILES: --input. JDBC: a table or a query of a database, of whose"
          + " rows the columns are the attributes. Default: FILES.")
  @OneOf(InputSourceNames.class)
  @Nullable String getSource();

  void setSource(String value);

  /** Not passed on to a runner, whose web page would show it: there may be a password in it. */
  @JsonIgnore
  @Group(Group.Heading.DATABASE)
  @Description(
      "URL of the database, such as jdbc:postgresql://host:5432/shop. It is shown without user,"
          + " password and settings.")
  @Nullable String getJdbcUrl();

  void setJdbcUrl(String value);

  @Group(Group.Heading.DATABASE)
  @Description("Table or view to read, such as public.trips, as it is written in SQL.")
  @Nullable String getJdbcTable();

  void setJdbcTable(String value);

  @Group(Group.Heading.DATABASE)
  @Description(
      "SELECT whose rows are read, in place of --jdbcTable. It is executed once for each slice,"
          + " and some more times to count its rows and to divide them: with --partitionColumn it"
          + " must give the same rows each time, so no LIMIT, random() or clock.")
  @Nullable String getJdbcQuery();

  void setJdbcQuery(String value);

  @Group(Group.Heading.DATABASE)
  @Description("User of the database. Default: the one in the URL, if there is one.")
  @Nullable String getJdbcUser();

  void setJdbcUser(String value);

  @Group(Group.Heading.DATABASE)
  @Description(
      "Environment variable of this program that holds the user's password. Workers get it with"
          + " the job.")
  @Default.String(JdbcSettings.PASSWORD_ENV)
  String getJdbcPasswordEnv();

  void setJdbcPasswordEnv(String value);

  @Group(Group.Heading.DATABASE)
  @Description(
      "File on the disk of this program that holds the user's password, such as a mounted secret;"
          + " used in place of --jdbcPasswordEnv.")
  @Nullable String getJdbcPasswordFile();

  void setJdbcPasswordFile(String value);

  @Group(Group.Heading.DATABASE)
  @Description(
      "Jars of the driver, separated by commas, on a disk that all workers have or in S3. Default:"
          + " PostgreSQL's driver, which is in the jars for the DirectRunner, Flink and Spark, but"
          + " not in those for a cluster.")
  @Nullable List<String> getJdbcDriverJar();

  void setJdbcDriverJar(List<String> value);

  @Group(Group.Heading.DATABASE)
  @Description("What columns of JSON become: NESTED maps and lists, or their TEXT.")
  @Default.Enum("NESTED")
  JsonAs getJdbcJson();

  void setJdbcJson(JsonAs value);

  @Group(Group.Heading.DATABASE)
  @Description(
      "Column that divides the rows into slices, which are read at the same time: of any type that"
          + " the database can sort. An index on it helps. Default: none, a query or a view is read"
          + " by one statement. A table of PostgreSQL 14 or later needs no column: it is divided by"
          + " its blocks, if this program waits for the end of the job.")
  @Nullable String getPartitionColumn();

  void setPartitionColumn(String value);

  @Group(Group.Heading.DATABASE)
  @Description(
      "Number of slices, each with a connection of its own. Default: the worker slots or"
          + " processors, at most 16.")
  @Nullable Integer getPartitions();

  void setPartitions(Integer value);
}
