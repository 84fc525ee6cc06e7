/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import io.sluice.item.json.ItemJson;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.query.DuckDb;
import io.sluice.pipelines.query.Query;
import io.sluice.pipelines.query.QueryOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Demonstrates an import, an export and a query. The launcher starts an embedded AWS for it and
 * stops it afterwards.
 */
public final class Demo {
  private static final String FOLDER = "s3://sluice/demo/";
  private static final String INPUT = FOLDER + "trips.csv";
  private static final String TABLE = "trips";
  static final List<String> COLUMNS =
      List.of(
          "passenger_count:N",
          "trip_distance:N",
          "rate_code_id:N",
          "fare_amount:N",
          "tip_amount:N",
          "total_amount:N",
          "store_and_fwd_flag:BOOL");
  private static final String EXPORTS = "s3://sluice/demo/exports";
  private static final String SQL =
      "select passenger_count, count(*) as trips, avg(fare_amount) as fare from trips group by all"
          + " order by all";

  private Demo() {}

  /**
   * Runs the demo.
   *
   * @param awaitAws returns when the embedded AWS is ready, and its endpoints are set
   * @return the exit code
   */
  static int run(SluiceOptions options, Runnable awaitAws, Console console) {
    PrintStream out = console.out();
    byte[] file = TripFile.bytes();
    awaitAws.run();
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    out.printf(
        Locale.ROOT,
        "A file in the shape of New York's taxi trips, %,d KB, goes to the embedded S3.%n",
        file.length / 1000);
    upload(file);
    ImportOptions imports = options.as(ImportOptions.class);
    imports.setInput(List.of(INPUT));
    imports.setTable(TABLE);
    imports.setKeyFrom("md5");
    imports.setColumns(COLUMNS);
    imports.setCreateTable("ON_DEMAND");
    imports.setPartitionKey("id:S");
    imports.setRejects(FOLDER + "rejects");
    imports.setMaxRejects(100);
    out.printf(
        "Now the import, as you would type it:%n%n"
            + "  ./sluice import --input=%s --table=%s --keyFrom=md5 \\%n"
            + "      --columns=%s \\%n"
            + "      --createTable=ON_DEMAND --partitionKey=id:S --rejects=%srejects"
            + " --maxRejects=100%n%n",
        INPUT, TABLE, String.join(",", COLUMNS), FOLDER);
    int code = ImportPipeline.run(imports, console);
    if (code == ExitCode.OK) {
      out.print("\nThree of the items, read back from DynamoDB:\n");
      readBack(options, out);
      code = export(options, console);
    }
    if (code == ExitCode.OK) {
      out.print(
          """

          That was an embedded AWS, and it is gone now. To keep one and play with it:

            ./sluice local-aws                         DynamoDB and S3, until Ctrl-C
            ./sluice import --local --input=FILE.csv --table=NAME \\
                --keyFrom=md5 --createTable=ON_DEMAND --partitionKey=id:S

          With --runner=FlinkRunner or --runner=SparkRunner the same jobs run on Flink or Spark.
          """);
    }
    return code;
  }

  /** Exports the table and, if DuckDB is available, queries the snapshot. */
  private static int export(SluiceOptions options, Console console) {
    PrintStream out = console.out();
    ExportOptions exports = options.as(ExportOptions.class);
    exports.setTable(TABLE);
    exports.setOutput(EXPORTS);
    out.printf(
        "%nNow back into the lake, at a quarter of what the table can do:%n%n"
            + "  ./sluice export --table=%s --output=%s%n%n",
        TABLE, EXPORTS);
    int code = ExportPipeline.run(exports, console);
    if (code != ExitCode.OK || !DuckDb.isHere()) {
      return code;
    }
    QueryOptions query = options.as(QueryOptions.class);
    query.setOutput(EXPORTS);
    query.setSql(SQL);
    out.printf("%nAnd asked in SQL:%n%n  ./sluice query --output=%s \"%s\"%n%n", EXPORTS, SQL);
    return Query.run(query, console);
  }

  private static void upload(byte[] file) {
    try (OutputStream out =
        Channels.newOutputStream(
            FileSystems.create(FileSystems.matchNewResource(INPUT, false), "text/csv"))) {
      out.write(file);
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "the demo needs the embedded AWS, which ./sluice demo starts: " + UserMessages.oneLine(e),
          e);
    }
  }

  private static void readBack(SluiceOptions options, PrintStream out) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      for (Map<String, AttributeValue> item :
          client.scan(scan -> scan.tableName(TABLE).limit(3)).items()) {
        out.println("  " + ItemJson.toJson(new TreeMap<>(item)));
      }
    }
  }
}
