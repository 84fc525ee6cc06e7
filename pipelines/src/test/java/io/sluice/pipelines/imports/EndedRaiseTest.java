/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.sluice.capacity.Throttle;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.job.Aws;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.ScriptedDynamoDb.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that is ended while it raises the capacity of a table, which takes a while. */
@Timeout(60)
class EndedRaiseTest {
  private static final Answer TABLE =
      Answer.of(
          """
          {"Table":{"TableName":"trips","TableArn":"arn:aws:dynamodb:us-east-1:1:table/trips",\
          "TableStatus":"ACTIVE","ProvisionedThroughput":{"ReadCapacityUnits":5,\
          "WriteCapacityUnits":5}}}""");

  /** The program, which raises it and ends. */
  public static void main(String[] args) {
    ImportOptions options = OneWorker.options(ImportOptions.class, "--table=trips");
    options.setLocal(true);
    options.setDynamodbEndpoint(args[0]);
    Aws.configure(options);
    Console console = new Console(System.out, System.err);
    RaisedTable.raise(options, "trips", "run", Map.of(Throttle.TABLE, 50L), console).close();
  }

  @Test
  void aLineSaysHowItIsPutBack() throws IOException {
    try (ScriptedDynamoDb db = ScriptedDynamoDb.start()) {
      db.answer("DescribeTable", List.of(TABLE));
      db.answer("TagResource", List.of(Answer.of("{}")));
      db.answer("ListTagsOfResource", List.of(Answer.of("{\"Tags\":[]}")));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  EndedRaiseTest.class.getName(),
                  db.endpoint().toString())
              .start();
      while (db.asked("TagResource") == 0 && process.isAlive()) {
        Thread.onSpinWait();
      }
      process.toHandle().destroy();
      assertThat(
          new String(process.getErrorStream().readAllBytes(), UTF_8),
          containsString(
              "the program ends while the capacity of trips is being raised; if it is raised then,"
                  + " --raiseCapacity=RESTORE, or the next import"));
    }
  }
}
