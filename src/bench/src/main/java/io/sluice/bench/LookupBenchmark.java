/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Options;
import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.json.JsonFormat;
import io.sluice.lookup.LookUpEvents;
import io.sluice.lookup.event.EventRules;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.LookupKey;
import io.sluice.lookup.event.Wanted;
import io.sluice.source.InputFiles;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Measures a lookup of events whose keys are Zipf's, half of which the table has, on the
 * DirectRunner: by keys, by a scan, and beside that a plain loop over BatchGetItem, and a pipeline
 * of Beam's own transforms with the whole table as a side input.
 *
 * <pre>
 *   [--events=1000000] [--keys=50000] [--latency=5] [--rounds=3] [--inFlight=64]
 * </pre>
 *
 * The plain loop parses a line with Jackson, has 100 different keys in a request and so many
 * requests in flight on threads of their own, and remembers nothing. All write the events that are
 * kept to a disk, and take turns in this JVM; the first round is not counted.
 */
public final class LookupBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double UNITS = 10_000_000;

  private final DynamoDbProcess db;
  private final Path folder;
  private final TableInfo table;
  private final int inFlight;

  private interface Contender {
    /** Runs to its end, and returns how many events were kept. */
    long run(Path output) throws Exception;
  }

  private LookupBenchmark(DynamoDbProcess db, Path folder, int inFlight) {
    this.db = db;
    this.folder = folder;
    this.inFlight = inFlight;
    try (DynamoDbClient client = client()) {
      table = DescribeTable.named(db.settings().table().name(), client).orElseThrow();
    }
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int events = Integer.parseInt(Options.of("events", "1000000", args));
    int keys = Integer.parseInt(Options.of("keys", "50000", args));
    Path folder = Files.createTempDirectory("lookup-benchmark");
    EndpointSettings settings =
        EndpointSettings.of(TableSettings.of("products", "id:S").withWarm(1_000_000, 1_000_000))
            .withGenerated(new GeneratedItems(keys / 2, 200))
            .withLatencyMillis(Integer.parseInt(Options.of("latency", "5", args)));
    try (DynamoDbProcess db = DynamoDbProcess.start(settings)) {
      LookupBenchmark benchmark =
          new LookupBenchmark(db, folder, Integer.parseInt(Options.of("inFlight", "64", args)));
      benchmark.write(events, keys);
      benchmark.run(events, Integer.parseInt(Options.of("rounds", "3", args)));
    }
    System.exit(0);
  }

  private Path input() {
    return folder.resolve("events.json");
  }

  private void write(int events, int keys) throws IOException {
    double[] sums = new double[keys];
    String[] ids = new String[keys];
    for (int i = 0; i < keys; i++) {
      sums[i] = (i == 0 ? 0 : sums[i - 1]) + 1.0 / (i + 1);
      ids[i] =
          i % 2 == 0
              ? db.settings().generated().item(i / 2, table.keySchema()).get("id").s()
              : "absent-" + i;
    }
    Random random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(input())) {
      for (int i = 0; i < events; i++) {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[keys - 1]);
        String id = ids[Math.min(keys - 1, at < 0 ? -at - 1 : at)];
        out.write(
            "{\"at\":\"2026-01-31T23:26:00Z\",\"user\":\"u%d\",\"product\":{\"id\":\"%s\"},\"n\":%d}\n"
                .formatted(random.nextInt(100_000), id, i));
      }
    }
  }

  private void run(int events, int rounds) throws Exception {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put("plain loop of BatchGetItem", this::loop);
    contenders.put("lookup by keys", output -> lookUp(output, false));
    contenders.put("lookup by a scan", output -> lookUp(output, true));
    contenders.put(
        "the whole table as a side input",
        output ->
            new SideInputLookup(table.name(), configuration(), options()).run(input(), output));
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    Map<String, Double> units = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      Set<Long> kept = new HashSet<>();
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        String name = contender.getKey();
        Path output = folder.resolve(round + "-" + seconds.size() + "-" + name.hashCode());
        db.reset();
        long cpuBefore = cpuNanos();
        long began = System.nanoTime();
        kept.add(contender.getValue().run(output));
        double took = (System.nanoTime() - began) / 1e9;
        double used = (cpuNanos() - cpuBefore) / 1e9;
        System.out.printf("round %d, %s: %.2f s, CPU %.2f s%n", round, name, took, used);
        if (round > 0) {
          seconds.computeIfAbsent(name, unused -> new ArrayList<>()).add(took);
          cpu.computeIfAbsent(name, unused -> new ArrayList<>()).add(used);
          units.put(name, db.books().readUnits());
        }
      }
      if (kept.size() > 1) {
        throw new IllegalStateException("they do not keep the same events: " + kept);
      }
    }
    MarkdownTable rows =
        MarkdownTable.of(
            "%,d events, medians of %d rounds".formatted(events, rounds),
            "what",
            "seconds",
            "events/s",
            "CPU seconds",
            "read units");
    seconds.forEach(
        (name, all) -> {
          double median = median(all);
          rows.row(
              name,
              MarkdownTable.decimals(median),
              MarkdownTable.whole(events / median),
              MarkdownTable.decimals(median(cpu.get(name))),
              MarkdownTable.whole(units.get(name)));
        });
  }

  private static double median(List<Double> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  /** Of this JVM, without DynamoDB's. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private long lookUp(Path output, boolean scans) throws IOException {
    Budget budget = Budget.ofRatio(1);
    OnDemandUnits units = new OnDemandUnits(UNITS, null);
    LookUpEvents lookUp =
        LookUpEvents.of(
                InputFiles.match(List.of(input().toString())),
                JsonFormat.withColumns(Map.of()),
                table.name(),
                table.keySchema(),
                new EventRules(
                    LookupKey.parse(List.of("product.id"), table.keySchema()),
                    Wanted.PRESENT,
                    Map.of()))
            .withClient(configuration())
            .withBudget(budget)
            .withOnDemandUnits(units)
            .into(new EventTarget(output.toString(), "run"));
    if (scans) {
      lookUp =
          lookUp.withScan(
              ScanTable.of(table)
                  .withClient(configuration())
                  .withBudget(budget)
                  .withOnDemandUnits(units)
                  .withSegments(8));
    }
    Pipeline pipeline = Pipeline.create(options());
    pipeline.apply(lookUp);
    pipeline.run().waitUntilFinish();
    try (BufferedReader manifest = Files.newBufferedReader(output.resolve("_manifest.json"))) {
      return JSON.readTree(manifest).path("events").asLong();
    }
  }

  private static DirectOptions options() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    // As the verb has it.
    options.setTargetParallelism(Runtime.getRuntime().availableProcessors());
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    // Otherwise Beam asks whether it is on EC2, and waits for the answer.
    options.as(AwsOptions.class).setAwsRegion(Region.US_EAST_1);
    return options;
  }

  private ClientConfiguration configuration() {
    return ClientConfiguration.builder()
        .endpoint(db.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .build();
  }

  private long loop(Path output) throws Exception {
    try (DynamoDbClient client = client()) {
      return new PlainLookup(table.name(), client, inFlight).run(input(), output);
    }
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(db.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .httpClientBuilder(ApacheHttpClient.builder().maxConnections(inFlight))
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
  }
}
