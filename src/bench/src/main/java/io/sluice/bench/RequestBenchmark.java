/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.Threads;
import io.sluice.bench.request.Bodies;
import io.sluice.bench.request.Contender;
import io.sluice.item.json.ItemJsonBuffer;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the CPU time that a BatchWriteItem request takes in the process that sends it, for
 * several HTTP clients and signers in turn: 25 items of 400 bytes, whose JSON is made before,
 * against the embedded DynamoDB in a process of its own.
 *
 * <pre>
 *   [--rounds=3] [--seconds=5] [--warmUp=10] [--inFlight=64] [--latency=10]
 * </pre>
 *
 * The latency of the endpoint is in ms. The first round warms up, and is not counted; each of the
 * others runs the contenders in the opposite order of the one before.
 */
public final class RequestBenchmark {
  private static final int BODIES = 256;

  private RequestBenchmark() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int rounds = option("rounds", 3, args);
    int inFlight = option("inFlight", 64, args);
    int latency = option("latency", 10, args);
    Map<Contender, Cost> costs = new EnumMap<>(Contender.class);
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    EndpointSettings settings =
        EndpointSettings.of(TableSettings.of(Target.TABLE, Target.KEY)).withLatencyMillis(latency);
    try (DynamoDbProcess endpoint = DynamoDbProcess.start(settings)) {
      for (int round = 0; round <= rounds; round++) {
        int seconds = round == 0 ? option("warmUp", 10, args) : option("seconds", 5, args);
        for (Contender contender : order) {
          try (Contender.Sender sender = contender.open(new Target(endpoint.endpoint()))) {
            // The first requests open connections, and are the SDK's.
            measure(sender, inFlight, 1);
            Cost cost = measure(sender, inFlight, seconds);
            if (round > 0) {
              costs.merge(contender, cost, Cost::plus);
            }
          }
        }
        Collections.reverse(order);
      }
    }
    print(costs, inFlight, latency);
    System.exit(0);
  }

  private static void print(Map<Contender, Cost> costs, int inFlight, int latency) {
    MarkdownTable table =
        MarkdownTable.of(
            inFlight + " requests in flight, " + latency + " ms",
            "sent by",
            "CPU of a request, µs",
            "÷ Sluice's",
            "requests/s");
    double ours = costs.get(Contender.OURS).cpuMicros();
    costs.forEach(
        (contender, cost) ->
            table.row(
                contender.label(),
                MarkdownTable.whole(cost.cpuMicros()),
                MarkdownTable.decimals(cost.cpuMicros() / ours),
                MarkdownTable.whole(cost.perSecond())));
  }

  private static Cost measure(Contender.Sender sender, int inFlight, int seconds) throws Exception {
    ItemJsonBuffer[] bodies = Bodies.make(BODIES);
    AtomicInteger next = new AtomicInteger();
    LongAdder requests = new LongAdder();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    Threads.run(
        inFlight,
        () -> {
          while (System.nanoTime() < end) {
            sender.send(bodies[Math.floorMod(next.getAndIncrement(), BODIES)]);
            requests.increment();
          }
          return null;
        });
    return new Cost(
        requests.sum(),
        (process.getProcessCpuTime() - cpu) / 1e9,
        (System.nanoTime() - begin) / 1e9);
  }

  private static int option(String name, int otherwise, String... args) {
    String prefix = "--" + name + "=";
    for (String arg : args) {
      if (arg.startsWith(prefix)) {
        return Integer.parseInt(arg.substring(prefix.length()));
      }
    }
    return otherwise;
  }

  private record Cost(long requests, double cpuSeconds, double seconds) {
    Cost plus(Cost other) {
      return new Cost(
          requests + other.requests, cpuSeconds + other.cpuSeconds, seconds + other.seconds);
    }

    double cpuMicros() {
      return 1e6 * cpuSeconds / requests;
    }

    double perSecond() {
      return requests / seconds;
    }
  }
}
