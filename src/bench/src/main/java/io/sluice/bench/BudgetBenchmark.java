/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.harness.BudgetUse;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Options;
import io.sluice.bench.harness.Target;
import io.sluice.capacity.Budget;
import io.sluice.dynamodb.WorkerJvm;
import io.sluice.dynamodb.write.WriteSpec;
import io.sluice.dynamodb.write.WriterJvm;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Measures how exactly several JVMs keep to one budget together, by the books of the endpoint: what
 * they consumed, divided by what is allowed, over all windows of 10 s and over single seconds,
 * while JVMs run out of work, get work again, are killed and join.
 *
 * <pre>
 *   ./mvnw -q -pl src/bench -am package -DskipTests -Pbench \
 *       -Dbench.mainClass=io.sluice.bench.BudgetBenchmark -Dbench.heap=256m \
 *       -Dbench.args="[--jvms=2] [--units=1500] [--seconds=30] [--share=disk|s3|fixed]"
 * </pre>
 */
public final class BudgetBenchmark {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse(Target.KEY));
  private static final double RATIO = 0.5;

  private final DynamoDbProcess db;
  private final List<WorkerJvm> jvms = new ArrayList<>();
  private final double units;
  private final int seconds;
  private final MarkdownTable table = MarkdownTable.of("Consumed ÷ allowed", BudgetUse.COLUMNS);

  private BudgetBenchmark(DynamoDbProcess db, double units, int seconds) {
    this.db = db;
    this.units = units;
    this.seconds = seconds;
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(Options.of("jvms", "2", args));
    int units = Integer.parseInt(Options.of("units", "1500", args));
    int seconds = Integer.parseInt(Options.of("seconds", "30", args));
    String share = Options.of("share", "s3", args);
    TableSettings settings =
        TableSettings.of(Target.TABLE, Target.KEY).withProvisioned((long) (units / RATIO), 10);
    LocalAws aws = share.equals("s3") ? LocalAws.shared() : null;
    try (DynamoDbProcess db =
        DynamoDbProcess.start(EndpointSettings.of(settings).withLatencyMillis(5))) {
      WriteSpec spec = new WriteSpec(Target.TABLE, KEY);
      spec.setClient(new Target(db.endpoint()).configuration());
      spec.setBudget(Budget.ofRatio(RATIO).withWorkers(count));
      List<String> options = new ArrayList<>();
      if (aws != null) {
        spec.setCoordination("s3://" + aws.bucket() + "/_coordination/" + UUID.randomUUID());
        options.add("--endpoint=" + aws.s3Endpoint());
        options.add("--awsRegion=" + aws.region());
        options.add("--s3ClientFactoryClass=" + LocalS3.PathStyle.class.getName());
      } else if (share.equals("disk")) {
        spec.setCoordination(Files.createTempDirectory("coordination").toString());
      }
      new BudgetBenchmark(db, units, seconds).run(count, spec, options.toArray(String[]::new));
    }
    System.exit(0);
  }

  private void run(int count, WriteSpec spec, String... options) throws Exception {
    try {
      for (int i = 0; i < count; i++) {
        jvms.add(WriterJvm.start(spec, options));
      }
      TimeUnit.SECONDS.sleep(20);
      measure("all have work", () -> {});
      measure("one has no work any more", () -> jvms.get(0).rest());
      measure("it has work again", () -> jvms.get(0).work());
      measure("one is killed", () -> jvms.remove(0).kill());
      measure("another joins", () -> jvms.add(WriterJvm.start(spec, options)));
      measure(
          "one has work for 3 s, and none for 3 s",
          () -> {
            for (int i = 0; i < seconds / 6; i++) {
              jvms.get(0).rest();
              TimeUnit.SECONDS.sleep(3);
              jvms.get(0).work();
              TimeUnit.SECONDS.sleep(3);
            }
          });
    } finally {
      jvms.forEach(WorkerJvm::close);
    }
  }

  /** An event. */
  private interface Event {
    void happen() throws Exception;
  }

  private void measure(String name, Event event) throws Exception {
    // Whole seconds of the endpoint; the last one is not over yet.
    int from = (int) Math.ceil(db.books().seconds());
    event.happen();
    while (db.books().seconds() < from + seconds + 1) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    List<Double> all = db.books().writeUnitsPerSecond();
    double[] parts =
        all.subList(from, from + seconds).stream().mapToDouble(n -> n / units).toArray();
    BudgetUse.of(parts).addTo(table, name);
  }
}
