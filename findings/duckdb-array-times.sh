#!/usr/bin/env bash
# DuckDB's JDBC driver moves times within arrays by the time zone of the JVM. A TIMESTAMP has no zone, and a column of
# them is read exactly with getObject(1, LocalDateTime.class). In a TIMESTAMP[] the elements are java.sql.Timestamp
# only: in a JVM of New York two o'clock thirty of the night on which the clocks go forward comes back as three
# o'clock thirty, although the text of the same value is right, and two different elements become equal. There is
# no error. Sluice takes the elements from the text of the column where a driver has no times of java.time for
# them, and rejects a row whose time may have been moved (src/docs/operating.md, "From a database").
source "$(dirname "$0")/common.sh"

java_args=(-Duser.timezone=America/New_York)
run_java org.duckdb:duckdb_jdbc:2.0.0.1 <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDateTime;

public class Main {
  public static void main(String[] args) throws Exception {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery(
            "select t, [t, t + interval 1 hour] as list, [t]::varchar, version()"
                + " from (select timestamp '2026-03-08 02:30:00' as t)")) {
      row.next();
      LocalDateTime alone = row.getObject(1, LocalDateTime.class);
      Object[] list = (Object[]) row.getArray(2).getArray();
      System.out.println("DuckDB " + row.getString(4) + ", a JVM of New York, 02:30 of 2026-03-08, without a zone");
      System.out.println("  as a column " + alone + ", as text " + row.getString(3));
      System.out.println("  in an array " + list[0] + " (" + list[0].getClass().getName() + "), an hour later " + list[1]);
      boolean moved = alone.toString().equals("2026-03-08T02:30") && list[0].toString().startsWith("2026-03-08 03:30")
          && list[0].equals(list[1]);
      System.out.println(moved ? "As described: the element is an hour late, and two are one." : "The behaviour has changed.");
      System.exit(moved ? 0 : 1);
    }
  }
}
JAVA
