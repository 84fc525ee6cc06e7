#!/usr/bin/env bash
# Hive's OpenCSVSerde, by which Hive and Athena read tables of CSV, takes a backslash for an escape although no escapeChar is
# set, and although RFC 4180 has none. Seen with Hive 3.1.3 (opencsv 2.3): C:\new is read as C:new, and of a record with a
# quoted field that ends with a backslash all columns are null, without an error or a warning. Doubled quotes are read as
# they should be. "escapeChar" = "\"" changes nothing: it stands for the default. An escapeChar that does not occur in the
# data, such as U+E000, makes the records right, so that is what the tables of CSV exports have (src/docs/formats.md).
source "$(dirname "$0")/common.sh"

java_args=(--add-opens=java.base/java.net=ALL-UNNAMED)
# Of what Hive brings, the serde needs none but the two packages of its own.
excluded=('*:*')
run_java org.apache.hive:hive-serde:3.1.3 org.apache.hive:hive-common:3.1.3 org.apache.hive:hive-storage-api:2.7.0 \
  net.sf.opencsv:opencsv:2.3 org.apache.hadoop:hadoop-client-api:3.3.4 org.apache.hadoop:hadoop-client-runtime:3.3.4 \
  com.google.guava:guava:33.4.0-jre commons-lang:commons-lang:2.6 org.apache.commons:commons-lang3:3.17.0 \
  org.slf4j:slf4j-api:1.7.36 commons-logging:commons-logging:1.2 <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.serde2.OpenCSVSerde;
import org.apache.hadoop.io.Text;

public class Main {
  private static final String[] LINES = {
    "C:\\new,1", "\"C:\\new, old\",2", "\"ends with \\\",3", "\"says \"\"hi\"\"\",4"
  };

  private static List<Object> read(String escape) throws Exception {
    Properties table = new Properties();
    table.setProperty("columns", "a,n");
    table.setProperty("columns.types", "string,string");
    if (escape != null) {
      table.setProperty("escapeChar", escape);
    }
    OpenCSVSerde serde = new OpenCSVSerde();
    serde.initialize(new Configuration(false), table);
    List<Object> records = new ArrayList<>();
    for (String line : LINES) {
      records.add(List.copyOf(((List<?>) serde.deserialize(new Text(line))).stream().map(String::valueOf).toList()));
    }
    System.out.println("escapeChar " + (escape == null ? "not set" : escape) + ": " + records);
    return records;
  }

  public static void main(String[] args) throws Exception {
    List<Object> lossy =
        List.of(List.of("C:new", "1"), List.of("C:new, old", "2"), List.of("null", "null"), List.of("says \"hi\"", "4"));
    List<Object> right =
        List.of(
            List.of("C:\\new", "1"), List.of("C:\\new, old", "2"), List.of("ends with \\", "3"), List.of("says \"hi\"", "4"));
    boolean same = read(null).equals(lossy) && read("\"").equals(lossy) && read("\uE000").equals(right);
    System.out.println(same ? "as seen before" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
JAVA
