/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.cluster;

import io.sluice.bench.harness.BudgetUse;
import io.sluice.bench.harness.Target;
import io.sluice.cluster.LocalCluster;
import io.sluice.cluster.SparkCluster;
import io.sluice.testing.LocalAws;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A job with a budget, and the endpoint whose books say what it consumes. */
public final class BudgetedJob implements AutoCloseable {
  private static final int WRITE_UNITS = 3_000;
  private static final int READ_UNITS = 1_000;
  private static final double RATIO = 0.5;
  private static final int FILES = 16;
  private static final int WARM_UP_SECONDS = 20;
  private static final double NEARLY_ALL = 0.95;

  /** An item of a page that is read, so that two are a unit. */
  private static final int ITEM_BYTES = 4_000;

  private static final int ITEMS_OF_UNIT = 2;
  private static final long LOOK_MILLIS = 50;

  private final BudgetCase which;
  private final int seconds;
  private final LocalAws aws = LocalAws.shared();
  private final DynamoDbProcess db;
  private final Path folder;

  /** What is allowed from each second on, counted from the first unit. */
  private final List<Change> changes = new ArrayList<>();

  private record Change(double from, double allowed) {}

  /** The units that were consumed until a time of the books. */
  private record Look(double seconds, double units) {}

  private BudgetedJob(BudgetCase which, int seconds, DynamoDbProcess db, Path folder) {
    this.which = which;
    this.seconds = seconds;
    this.db = db;
    this.folder = folder;
  }

  /**
   * Makes the input and the table.
   *
   * @param seconds how long it takes with all of the budget
   */
  public static BudgetedJob prepare(BudgetCase which, int seconds) throws IOException {
    TableSettings table =
        which == BudgetCase.HOT
            ? TableSettings.of(Target.TABLE, Target.KEY, "n:N")
            : TableSettings.of(Target.TABLE, Target.KEY);
    EndpointSettings settings =
        EndpointSettings.of(table.withProvisioned(WRITE_UNITS, READ_UNITS)).withLatencyMillis(5);
    if (which == BudgetCase.READ) {
      int items = (int) (seconds * READ_UNITS * RATIO * ITEMS_OF_UNIT);
      settings = settings.withGenerated(new GeneratedItems(items, ITEM_BYTES, 4));
    }
    Path folder = Files.createTempDirectory("budget");
    BudgetedJob job = new BudgetedJob(which, seconds, DynamoDbProcess.start(settings), folder);
    if (which != BudgetCase.READ) {
      job.writeInput((int) (seconds * WRITE_UNITS * RATIO));
    }
    return job;
  }

  private void writeInput(int rows) throws IOException {
    int files = which == BudgetCase.GZIP ? 1 : FILES;
    for (int file = 0; file < files; file++) {
      Path path = folder.resolve("in-" + file + (files == 1 ? ".csv.gz" : ".csv"));
      try (OutputStream bytes = Files.newOutputStream(path);
          OutputStream out = files == 1 ? new GZIPOutputStream(bytes) : bytes;
          PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8)) {
        lines.println("id,n");
        for (int row = file; row < rows; row += files) {
          lines.println((which == BudgetCase.HOT ? "hot" : "id-" + row) + "," + row);
        }
      }
    }
  }

  /** Submits it to a cluster, and reports on its use of the budget when it has ended. */
  public BudgetUse run(String engine, LocalCluster cluster)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder submit =
        new ProcessBuilder(command(engine))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    submit
        .environment()
        .putAll(Map.of(engine.toUpperCase(Locale.ROOT) + "_HOME", cluster.folder().toString()));
    Process program = submit.start();
    List<Look> looks = new ArrayList<>();
    Double first = null;
    int events = 0;
    while (program.isAlive()) {
      Look look = look();
      looks.add(look);
      if (first == null && look.units > 0) {
        first = look.seconds;
        changes.add(new Change(0, allowed()));
      }
      if (first != null && happens(events, look.seconds - first, cluster)) {
        events++;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    looks.add(look());
    if (program.exitValue() != 0 || first == null) {
      throw new IOException("the job failed: " + Files.readString(output));
    }
    return use(looks, first);
  }

  private List<String> command(String engine) {
    Path root = Path.of(System.getProperty("sluice.root"));
    List<String> command =
        new ArrayList<>(List.of(root.resolve("src/submit/submit.sh").toString(), engine));
    command.addAll(engine.equals("flink") ? List.of("-p", "4") : List.of());
    command.add(which == BudgetCase.READ ? "export" : "import");
    command.addAll(
        List.of(
            "--local",
            "--dynamodbEndpoint=" + db.endpoint(),
            "--s3Endpoint=" + aws.s3Endpoint(),
            "--table=" + Target.TABLE,
            "--coordination=s3://" + aws.bucket() + "/coordination/" + UUID.randomUUID()));
    command.addAll(
        which == BudgetCase.READ
            ? List.of("--readRatio=" + RATIO, "--output=" + folder.resolve("out"))
            : List.of("--writeRatio=" + RATIO, "--input=" + folder + "/in-*", "--columns=n:N"));
    if (engine.equals("spark")) {
      command.add("--workers=4");
    }
    return command;
  }

  private double allowed() {
    return RATIO * (which == BudgetCase.READ ? READ_UNITS : WRITE_UNITS);
  }

  private Look look() {
    Books books = db.books();
    return new Look(
        books.seconds(), which == BudgetCase.READ ? books.readUnits() : books.writeUnits());
  }

  /** Has the event with a number happen when it is time; returns whether it was. */
  private boolean happens(int number, double since, LocalCluster cluster) {
    if (which == BudgetCase.KILLED && number == 0 && since >= seconds / 2.0) {
      kill(cluster);
      return true;
    }
    if (which == BudgetCase.CHANGED && number < 2 && since >= (number + 1) * seconds / 3.0) {
      int units = number == 0 ? WRITE_UNITS / 2 : WRITE_UNITS;
      try (DynamoDbClient client = new Target(db.endpoint()).client(1)) {
        client.updateTable(
            u ->
                u.tableName(Target.TABLE)
                    .provisionedThroughput(
                        p ->
                            p.writeCapacityUnits((long) units)
                                .readCapacityUnits((long) READ_UNITS)));
      }
      changes.add(new Change(since, RATIO * units));
      return true;
    }
    return false;
  }

  /** Kills a worker, on Spark with its executor. */
  private static void kill(LocalCluster cluster) {
    ProcessHandle worker = cluster.workers().get(0);
    if (cluster instanceof SparkCluster spark) {
      spark.executors().stream()
          .filter(executor -> executor.parent().filter(worker::equals).isPresent())
          .forEach(ProcessHandle::destroyForcibly);
    }
    worker.destroyForcibly();
    worker.onExit().join();
    cluster.addWorker();
  }

  private BudgetUse use(List<Look> looks, double first) {
    double all = looks.get(looks.size() - 1).units;
    List<Double> parts = new ArrayList<>();
    for (int second = WARM_UP_SECONDS; ; second++) {
      double end = unitsAt(looks, first + second + 1);
      if (end > NEARLY_ALL * all) {
        break;
      }
      parts.add((end - unitsAt(looks, first + second)) / allowedAt(second));
    }
    return BudgetUse.of(parts.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double allowedAt(int second) {
    double allowed = 0;
    for (Change change : changes) {
      allowed = change.from <= second ? change.allowed : allowed;
    }
    return allowed;
  }

  /** Between two looks, units are consumed evenly. */
  private static double unitsAt(List<Look> looks, double time) {
    Look before = looks.get(0);
    for (Look look : looks) {
      if (look.seconds >= time) {
        double span = look.seconds - before.seconds;
        double part = span <= 0 ? 1 : (time - before.seconds) / span;
        return before.units + part * (look.units - before.units);
      }
      before = look;
    }
    return before.units;
  }

  @Override
  public void close() throws IOException {
    db.close();
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
