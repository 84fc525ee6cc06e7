/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Imports CSV files into a table as a team writes it that has Spark: every column is a string, the
 * key is the md5 of the row, rows with the same key are dropped, and spark-dynamodb writes 25
 * partitions at once.
 *
 * <pre>FILE TABLE ENDPOINT</pre>
 */
public final class SparkJob {
  private static final int PARTITIONS = 25;

  private SparkJob() {}

  /** Runs the job to its end. */
  public static void main(String[] args) {
    System.setProperty("aws.dynamodb.endpoint", args[2]);
    System.setProperty("aws.dynamodb.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "localkey");
    System.setProperty("aws.secretKey", "localsecret");
    SparkSession spark =
        SparkSession.builder()
            .appName("import")
            .master("local[" + PARTITIONS + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", PARTITIONS)
            // Otherwise there are fewer partitions where the data is small, so fewer writers.
            .config("spark.sql.adaptive.enabled", "false")
            .getOrCreate();
    Dataset<Row> rows = spark.read().option("header", "true").csv(args[0]);
    Column[] columns =
        Arrays.stream(rows.columns())
            .map(name -> coalesce(col(name), lit("")))
            .toArray(Column[]::new);
    rows.withColumn("id", md5(concat_ws(",", columns)))
        .dropDuplicates("id")
        .write()
        .format("dynamodb")
        .option("tableName", args[1])
        .option("throughput", "10000000")
        .option("targetCapacity", "1")
        .mode(SaveMode.Append)
        .save();
    spark.stop();
  }
}
