/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.Main;
import io.sluice.testing.Postgres;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1,000,000 rows, NULL and repeated values in the partition column, and a heap of 512 MB. */
@Timeout(300)
class JdbcHeapTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"--jdbcTable=trips", "--jdbcQuery=SELECT * FROM trips;--partitionColumn=zone"})
  void theDirectRunnerReadsAMillionRows(String arguments)
      throws IOException, InterruptedException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE trips AS SELECT n AS id, CASE WHEN n % 10 = 0 THEN NULL ELSE n % 1000 END AS"
            + " zone, md5(n::text) AS hash, (n / 7.0)::numeric(20, 6) AS fare, timestamptz"
            + " '2024-01-01' + make_interval(secs => n) AS time, 'trip ' || n AS note FROM"
            + " generate_series(1, 1000000) AS n");
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:N")))) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.addAll(
          List.of(
              "--pipeline=import",
              "--runner=DirectRunner",
              "--targetParallelism=1",
              "--enforceImmutability=false",
              "--enforceEncodability=false",
              "--source=JDBC",
              "--jdbcUrl=" + postgres.url(),
              "--jdbcUser=" + postgres.user(),
              "--local",
              "--dynamodbEndpoint=" + db.endpoint(),
              "--table=trips",
              "--dryRun"));
      command.addAll(List.of(arguments.split(";")));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(printed, process.waitFor(), is(0));
      assertThat(printed, containsString("read           1,000,000"));
      assertThat(printed, containsString("writable       1,000,000"));
    }
  }
}
