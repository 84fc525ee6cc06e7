/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.capture.CaptureVerb;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.export.ExportVerb;
import io.sluice.pipelines.imports.ImportVerb;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An export, captures and a merge on a machine whose clock is not that of DynamoDB. */
class WrongClockTest {
  private static final String TABLE = "trips";

  @TempDir Path folder;
  private DynamoDb server;

  /** The clock of DynamoDB. */
  private static final class ServiceClock implements InstantSource {
    private volatile Duration ahead;

    ServiceClock(Duration ahead) {
      this.ahead = ahead;
    }

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }
  }

  private <O extends SluiceOptions> void run(Verb<O> verb, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--local", "--dynamodbEndpoint=" + server.endpoint()));
    arguments.addAll(List.of(more));
    Printed printed = new Printed();
    O options = OneWorker.options(verb.options(), arguments.toArray(String[]::new));
    assertThat(verb.run(options, printed.console()), is(ExitCode.OK));
  }

  private static void put(DynamoDbClient dynamodb, int id, String text) {
    dynamodb.putItem(
        p ->
            p.tableName(TABLE)
                .item(
                    Map.of(
                        "id", AttributeValue.fromN(Integer.toString(id)),
                        "text", AttributeValue.fromS(text))));
  }

  private static Map<String, String> texts(DynamoDbClient dynamodb, String table) {
    return dynamodb.scanPaginator(s -> s.tableName(table)).items().stream()
        .collect(Collectors.toMap(item -> item.get("id").n(), item -> item.get("text").s()));
  }

  /**
   * Behind by 90 seconds, a worker would take the changes right after its scan for earlier ones.
   */
  @ParameterizedTest
  @ValueSource(longs = {-90, 3600})
  void noChangeIsLost(long secondsAhead) throws IOException {
    Duration old = Duration.ofMinutes(2);
    ServiceClock clock = new ServiceClock(Duration.ofSeconds(secondsAhead).minus(old));
    server = DynamoDb.builder().clock(clock).start();
    try (DynamoDbClient dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build()) {
      NewTable.of(TABLE, "id:N").withStream().createIn(dynamodb);
      clock.pass(old);
      for (int id = 0; id < 5; id++) {
        put(dynamodb, id, "before");
      }
      String lake = folder.resolve("lake").toString();
      String feeds = folder.resolve("feeds").toString();
      run(new ExportVerb(), "--table=" + TABLE, "--output=" + lake);
      clock.pass(Duration.ofSeconds(5));
      put(dynamodb, 3, "after");
      dynamodb.deleteItem(d -> d.tableName(TABLE).key(Map.of("id", AttributeValue.fromN("4"))));
      put(dynamodb, 9, "new");
      run(new CaptureVerb(), "--table=" + TABLE, "--output=" + feeds);
      clock.pass(Duration.ofMinutes(3));
      run(new CaptureVerb(), "--table=" + TABLE, "--output=" + feeds);
      run(
          new MergeVerb(),
          "--table=" + TABLE,
          "--base=" + lake,
          "--deltas=" + feeds,
          "--output=" + lake);

      run(
          new ImportVerb(),
          "--table=copy",
          "--input=" + Snapshots.under(lake).latest(TABLE).orElseThrow().place(),
          "--createTable=ON_DEMAND",
          "--partitionKey=id:N");
      assertThat(texts(dynamodb, "copy"), is(texts(dynamodb, TABLE)));
    } finally {
      server.close();
    }
  }
}
