/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What becomes of the capacity that an import has raised when its program is ended. */
class RaisedCapacityIT {
  private static final LocalAws AWS = LocalAws.shared();
  private static final DynamoDbClient DYNAMODB = AWS.dynamodb();

  @TempDir Path folder;

  private Program writing(String table) throws IOException {
    DYNAMODB.createTable(
        create ->
            create
                .tableName(table)
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(5L)));
    List<String> rows = new ArrayList<>(List.of("id,fare"));
    for (int i = 0; i < 10_000; i++) {
      rows.add("trip-" + i + ",12.50");
    }
    Path file = Files.write(folder.resolve("trips.csv"), rows);
    Program program = run(table, "--raiseCapacity=20", "--input=" + file);
    program.await(() -> described(table).itemCount() > 0);
    assertThat(writes(table), is(20L));
    return program;
  }

  private static Program run(String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=import",
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--table=" + table));
    arguments.addAll(List.of(more));
    return Program.startJar("direct", List.of(), arguments);
  }

  private static TableDescription described(String table) {
    return DYNAMODB.describeTable(d -> d.tableName(table)).table();
  }

  private static long writes(String table) {
    return described(table).provisionedThroughput().writeCapacityUnits();
  }

  private static int tags(String table) {
    String arn = described(table).tableArn();
    return DYNAMODB.listTagsOfResource(l -> l.resourceArn(arn)).tags().size();
  }

  @Test
  void aProgramThatIsAskedToEndPutsItBack() throws IOException {
    Program program = writing("ended");
    program.stop();
    program.exitCode();
    assertThat(
        program.errors(), containsString("the write units of ended are put back from 20 to 5"));
    assertThat(writes("ended"), is(5L));
    assertThat(tags("ended"), is(0));
  }

  @Test
  void whatAKilledOneLeavesIsRestored() throws IOException {
    Program program = writing("killed");
    program.kill();
    assertThat(writes("killed"), is(20L));
    assertThat(tags("killed"), is(1));
    Program restoring = run("killed", "--raiseCapacity=RESTORE").mustExitWith(0);
    assertThat(
        restoring.errors(), containsString("the write units of killed are put back from 20 to 5"));
    assertThat(writes("killed"), is(5L));
    assertThat(tags("killed"), is(0));
  }
}
