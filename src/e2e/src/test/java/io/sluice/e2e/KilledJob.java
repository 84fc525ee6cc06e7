/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.e2e.Runs.Run;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A job of which JVMs are killed at moments that are known: each while it waits for the answer to a
 * request, which a proxy before DynamoDB or S3 keeps until the JVM is dead.
 */
final class KilledJob implements AutoCloseable {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int ITEMS = 400;
  private static final Map<String, Map<String, AttributeValue>> EXPECTED = items();

  private final FlakyProxy dynamodb = new FlakyProxy(AWS.dynamodbEndpoint());
  private final FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint());
  private final String table;
  private final List<String> arguments;

  /** What earlier runs had left when this one began. */
  private Set<String> before = Set.of();

  /** When a JVM is killed. */
  enum Moment {
    /** Some batches of an import are written. */
    WRITING("DynamoDB_20120810\\.BatchWriteItem", 4) {
      @Override
      boolean isNow(KilledJob job) {
        int items = ClusterJobs.items(job.table, "id").size();
        return items > 0 && items < ITEMS;
      }
    },
    /** Some segments of an export are read. */
    SCANNING("DynamoDB_20120810\\.Scan", 4) {
      @Override
      boolean isNow(KilledJob job) {
        return !job.has("/part-");
      }
    },
    /** Some files of an export are staged. */
    STAGING("PUT \\S*/_staging/\\S*/part-", 2) {
      @Override
      boolean isNow(KilledJob job) {
        return job.has("/_staging/.*/part-");
      }
    },
    /** The files of an export are in their places, and so is the manifest that lists them. */
    PUBLISHING("PUT \\S*/_SUCCESS ", 0) {
      @Override
      boolean isNow(KilledJob job) {
        return job.has("=.*/part-") && job.has("/_manifest.json") && !job.has("/_SUCCESS");
      }
    };

    private final Pattern request;
    private final int before;

    Moment(String request, int before) {
      this.request = Pattern.compile(request);
      this.before = before;
    }

    /** Whether what has been done shows it. */
    abstract boolean isNow(KilledJob job);

    /** Holds its request; when the job has been there already, the first that follows. */
    private Held hold(KilledJob job, boolean again) {
      FlakyProxy proxy = request.pattern().startsWith("PUT") ? job.s3 : job.dynamodb;
      return proxy.hold(request, again ? 0 : before);
    }
  }

  private KilledJob(String table, String verb, String... more) {
    this.table = table;
    this.arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--dynamodbEndpoint=" + dynamodb.endpoint(),
                "--s3Endpoint=" + s3.endpoint(),
                "--table=" + table));
    arguments.addAll(List.of(more));
    AWS.dynamodb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                    .attributeDefinitions(
                        a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
  }

  /** An import of a file in S3 into a table that is new. */
  static KilledJob ofImport(String table) {
    StringBuilder csv = new StringBuilder("id,n,noise\n");
    for (Map<String, AttributeValue> item : EXPECTED.values()) {
      csv.append(item.get("id").s()).append(',').append(item.get("n").n());
      csv.append(',').append(item.get("noise").s()).append('\n');
    }
    AWS.s3()
        .putObject(
            put -> put.bucket(AWS.bucket()).key(folder(table) + "in.csv"),
            RequestBody.fromString(csv.toString()));
    return new KilledJob(
        table,
        "import",
        "--input=" + place(table) + "in.csv",
        "--columns=n:N",
        "--rejects=" + place(table) + "rejects");
  }

  /** An export of a table that has all items, to several files. */
  static KilledJob ofExport(String table) {
    KilledJob job =
        new KilledJob(
            table, "export", "--output=" + place(table) + "out", "--segments=8", "--fileSize=16KB");
    List<WriteRequest> puts =
        EXPECTED.values().stream()
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
            .toList();
    for (int i = 0; i < puts.size(); i += 25) {
      List<WriteRequest> batch = puts.subList(i, Math.min(i + 25, puts.size()));
      AWS.dynamodb().batchWriteItem(write -> write.requestItems(Map.of(table, batch)));
    }
    return job;
  }

  private static Map<String, Map<String, AttributeValue>> items() {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    Random random = new Random(1);
    for (int i = 0; i < ITEMS; i++) {
      StringBuilder noise = new StringBuilder();
      random.ints(300, 'a', 'z').forEach(letter -> noise.append((char) letter));
      items.put(
          "k" + i,
          Map.of(
              "id", AttributeValue.fromS("k" + i),
              "n", AttributeValue.fromN("" + i),
              "noise", AttributeValue.fromS(noise.toString())));
    }
    return items;
  }

  private static String folder(String table) {
    return "killed/" + table + "/";
  }

  private static String place(String table) {
    return "s3://" + AWS.bucket() + "/" + folder(table);
  }

  /** How many of the losses the last run has suffered before it ended. */
  private int suffered;

  /**
   * Submits it, and has it suffer these losses one after the other, unless it ends before; returns
   * how it ended.
   */
  private Run run(Function<List<String>, Program> submit, List<Loss> losses) {
    before = objects();
    suffered = 0;
    Held next = losses.isEmpty() ? null : losses.get(0).moment().hold(this, false);
    Program program = submit.apply(arguments);
    for (Loss loss : losses) {
      Moment moment = loss.moment();
      Held request = next;
      program.await(() -> request.isThere() && moment.isNow(this));
      if (!program.isRunning()) {
        request.drop();
        break;
      }
      loss.kill(request.client());
      if (++suffered < losses.size()) {
        Moment then = losses.get(suffered).moment();
        next = then.hold(this, then == moment);
      }
      request.drop();
      loss.replace().run();
    }
    return new Run(program.exitCode(), program.output(), program.errors());
  }

  /** Submits it, and has it suffer all of these losses; returns how it ended. */
  Run run(Function<List<String>, Program> submit, Loss... losses) {
    Run run = run(submit, List.of(losses));
    assertThat("losses before " + run.errors(), suffered, is(losses.length));
    return run;
  }

  /** As {@link #run}, for losses that the job gets over. */
  void mustGetOver(Function<List<String>, Program> submit, Loss... losses) {
    mustHaveGotOver(run(submit, losses));
  }

  /**
   * Submits it, and has it suffer these losses, or those that come to pass until it ends. It gets
   * over them, or fails in one line and must do when it is submitted again.
   */
  void mustGetOverOrDoAgain(Function<List<String>, Program> submit, Loss... losses) {
    Run run = run(submit, List.of(losses));
    assertThat(suffered, greaterThan(0));
    if (run.code() == 0) {
      mustHaveGotOver(run);
    } else {
      assertThat(run.output() + "\n" + run.errors(), run.code(), is(1));
      List<String> lines = run.errors().lines().toList();
      assertThat(lines.get(lines.size() - 1), startsWith("sluice: the job failed: "));
      mustGetOver(submit);
    }
  }

  private static void mustHaveGotOver(Run run) {
    assertThat(run.output() + "\n" + run.errors(), run.code(), is(0));
    // Spark logs a lost connection with a stack trace, which is not ours.
    assertThat(run.errors(), not(containsString("\tat io.sluice")));
  }

  /** The table of an import has exactly the items of the file, and the job left no other object. */
  void mustBeImported() {
    assertThat(ClusterJobs.items(table, "id"), is(EXPECTED));
    assertThat(objects(), is(Set.of("in.csv")));
  }

  /**
   * The output of an export is one snapshot, which has exactly the items of the table; there is no
   * file that its manifest does not list, and none that was staged.
   */
  void mustBePublished() throws IOException {
    assertThat(new PublishedOutput(folder(table)).items(), is(EXPECTED));
  }

  /** Whether this run has made such an object. */
  private boolean has(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return objects().stream()
        .filter(name -> !before.contains(name))
        .anyMatch(name -> pattern.matcher(name).find());
  }

  /** The names of all objects in its folder. */
  private Set<String> objects() {
    return new PublishedOutput(folder(table)).objects();
  }

  @Override
  public void close() {
    dynamodb.close();
    s3.close();
  }
}
