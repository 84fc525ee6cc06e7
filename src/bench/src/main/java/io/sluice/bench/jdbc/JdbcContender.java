/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.jdbc;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.page.Buckets;
import io.sluice.item.page.SourcedPage;
import io.sluice.source.KeyFrom;
import io.sluice.source.jdbc.Database;
import io.sluice.source.jdbc.OpenRows;
import io.sluice.source.jdbc.ReadRows;
import io.sluice.source.jdbc.RowQuery;
import io.sluice.source.jdbc.value.JsonAs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The ways to read the table {@code trips}. */
public enum JdbcContender {
  PLAIN("a plain loop over one connection, as the driver is: all rows come first") {
    @Override
    public long read(String url) throws SQLException {
      return loop(url, 0, JdbcContender::values);
    }
  },
  PAGES("the same in a transaction and by pages of 1,000 rows") {
    @Override
    public long read(String url) throws SQLException {
      return loop(url, PAGE_ROWS, JdbcContender::values);
    }
  },
  ITEMS("the same by pages, with an item of the SDK for each row") {
    @Override
    public long read(String url) throws SQLException {
      return loop(url, PAGE_ROWS, row -> item(row).size());
    }
  },
  TABLE("`ReadRows`, a table") {
    @Override
    public long read(String url) throws IOException {
      return readRows(url, new RowQuery("trips", null, JsonAs.NESTED, null, THREADS));
    }
  },
  QUERY("`ReadRows`, a query divided by a column with an index") {
    @Override
    public long read(String url) throws IOException {
      return readRows(url, new RowQuery(null, "SELECT * FROM trips", JsonAs.NESTED, "id", THREADS));
    }
  };

  private static final String USER = "postgres";
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final int PAGE_ROWS = 1000;

  private final String title;

  JdbcContender(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** Reads all rows; returns how many. */
  public abstract long read(String url) throws IOException, SQLException;

  private interface Row {
    /** Returns how many values a row has. */
    int of(ResultSet row) throws SQLException;
  }

  private static long loop(String url, int pageRows, Row each) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, USER, null)) {
      connection.setAutoCommit(pageRows == 0);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(pageRows);
        ResultSet rows = statement.executeQuery("SELECT * FROM trips");
        long count = 0;
        long values = 0;
        while (rows.next()) {
          count++;
          values += each.of(rows);
        }
        return values == 0 ? 0 : count;
      }
    }
  }

  private static int values(ResultSet row) throws SQLException {
    int values = 0;
    int columns = row.getMetaData().getColumnCount();
    for (int i = 1; i <= columns; i++) {
      values += row.getObject(i) == null ? 0 : 1;
    }
    return values;
  }

  private static Map<String, AttributeValue> item(ResultSet row) throws SQLException {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromN(row.getString("id")));
    String zone = row.getString("zone");
    if (zone != null) {
      item.put("zone", AttributeValue.fromN(zone));
    }
    item.put("hash", AttributeValue.fromS(row.getString("hash")));
    item.put("fare", AttributeValue.fromN(row.getString("fare")));
    item.put("time", AttributeValue.fromS(row.getString("time")));
    item.put("note", AttributeValue.fromS(row.getString("note")));
    return item;
  }

  private static long readRows(String url, RowQuery query) throws IOException {
    KeySchema key = KeySchema.of(KeyAttribute.parse("id:N"));
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    // As the verb has it.
    options.setTargetParallelism(1);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    // Otherwise Beam asks whether it is on EC2, and waits for the answer.
    options.as(AwsOptions.class).setAwsRegion(Region.US_EAST_1);
    Pipeline pipeline = Pipeline.create(options);
    try (OpenRows open = OpenRows.open(Database.of(url, USER, null, List.of()), query, true)) {
      pipeline
          .apply(
              ReadRows.of(open.plan())
                  .withKey(key, KeyFrom.RECORD)
                  .withThreads(THREADS)
                  .intoBuckets(Buckets.ONE))
          .pages()
          .apply("Count", ParDo.of(new CountFn()));
      PipelineResult result = pipeline.run();
      result.waitUntilFinish();
      return result
          .metrics()
          .queryMetrics(
              MetricsFilter.builder()
                  .addNameFilter(MetricNameFilter.named(JdbcContender.class, "items"))
                  .build())
          .getCounters()
          .iterator()
          .next()
          .getCommitted();
    }
  }

  private static final class CountFn extends DoFn<SourcedPage, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter items = Metrics.counter(JdbcContender.class, "items");

    @ProcessElement
    public void processElement(@Element SourcedPage page) {
      items.inc(page.count());
    }
  }
}
