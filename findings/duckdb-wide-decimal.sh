#!/usr/bin/env bash
# DuckDB reads a decimal of more than 38 digits in a Parquet file as a DOUBLE. The file is valid (Parquet bounds the
# precision by the length of the bytes only), and the number that comes back has 15 to 17 digits: 1 is added to a number of 40
# digits, and nothing changes. There is no error and no warning; only the type of the column tells. Sluice's own
# exports never have such a column: a number of more than 38 digits does not exist in DynamoDB, and one that no
# decimal of 38 digits holds is exported as text with its digits (src/docs/formats.md, "Exported AVRO and PARQUET"). An import
# of such a file reads all digits, and rejects what DynamoDB does not take as NUMBER_RANGE.
source "$(dirname "$0")/common.sh"

run_java org.duckdb:duckdb_jdbc:2.0.0.1 org.apache.parquet:parquet-hadoop:1.13.1 \
  org.apache.hadoop:hadoop-client-api:3.3.4 org.apache.hadoop:hadoop-client-runtime:3.3.4 <<'JAVA'
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

public class Main {
  public static void main(String[] args) throws Exception {
    BigInteger wide = new BigInteger("1234567890123456789012345678901234567890");
    MessageType schema = MessageTypeParser.parseMessageType(
        "message m { required fixed_len_byte_array(17) n (DECIMAL(40,0)); }");
    Path file = Path.of("wide.parquet").toAbsolutePath();
    try (ParquetWriter<org.apache.parquet.example.data.Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri())).withType(schema).build()) {
      for (BigInteger n : new BigInteger[] {wide, wide.add(BigInteger.ONE)}) {
        SimpleGroup row = new SimpleGroup(schema);
        byte[] digits = n.toByteArray();
        byte[] bytes = new byte[17];
        System.arraycopy(digits, 0, bytes, 17 - digits.length, digits.length);
        row.add("n", Binary.fromConstantByteArray(bytes));
        writer.write(row);
      }
    }
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery(
            "select typeof(any_value(n)), count(distinct n), min(n)::varchar, version() from '" + file + "'")) {
      row.next();
      System.out.println("DuckDB " + row.getString(4) + ", DECIMAL(40,0): " + wide + " and the next number");
      System.out.println("  type " + row.getString(1) + ", " + row.getInt(2) + " distinct value, " + row.getString(3));
      boolean same = row.getString(1).equals("DOUBLE") && row.getInt(2) == 1;
      System.out.println(same ? "As described: a DOUBLE, and two numbers are one." : "The behaviour has changed.");
      System.exit(same ? 0 : 1);
    }
  }
}
JAVA
