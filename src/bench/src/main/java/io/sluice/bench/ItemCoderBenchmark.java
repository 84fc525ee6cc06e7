/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.item.ItemCoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.aws2.dynamodb.AttributeValueCoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Our coder of items beside Beam's, through streams as a runner calls them.
 *
 * <pre>
 *   ./mvnw -q -pl src/bench -am package -DskipTests -Pbench
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ItemCoderBenchmark {
  /** The coders compared. */
  public enum Implementation {
    SLUICE,
    BEAM;

    Coder<Map<String, AttributeValue>> coder() {
      return switch (this) {
        case SLUICE -> ItemCoder.of();
        case BEAM -> MapCoder.of(StringUtf8Coder.of(), AttributeValueCoder.of());
      };
    }
  }

  /** The items encoded. */
  public enum Shape {
    TAXI_TRIP,
    NESTED_ORDER;

    Map<String, AttributeValue> item() {
      return switch (this) {
        case TAXI_TRIP -> SampleItems.taxiTrip();
        case NESTED_ORDER -> SampleItems.order();
      };
    }
  }

  @Param Implementation implementation = Implementation.SLUICE;
  @Param Shape shape = Shape.TAXI_TRIP;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
  private Coder<Map<String, AttributeValue>> coder = ItemCoder.of();
  private Map<String, AttributeValue> item = Map.of();
  private byte[] bytes = new byte[0];

  @Setup
  public void setUp() throws IOException {
    coder = implementation.coder();
    item = shape.item();
    bytes = bytes(implementation, shape);
  }

  @Benchmark
  public int encode() throws IOException {
    out.reset();
    coder.encode(item, out);
    return out.size();
  }

  @Benchmark
  public Map<String, AttributeValue> decode() throws IOException {
    return coder.decode(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(Implementation implementation, Shape shape) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    implementation.coder().encode(shape.item(), out);
    return out.toByteArray();
  }

  /** Runs all and prints one line per item and coder. */
  public static void main(String[] args) throws RunnerException, IOException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(ItemCoderBenchmark.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    System.out.printf(
        "%-14s %-8s %8s %12s %12s%n", "item", "coder", "bytes", "encode ns", "decode ns");
    for (Shape shape : Shape.values()) {
      for (Implementation implementation : Implementation.values()) {
        System.out.printf(
            "%-14s %-8s %8d %12.0f %12.0f%n",
            shape,
            implementation,
            bytes(implementation, shape).length,
            score(results, "encode", implementation, shape),
            score(results, "decode", implementation, shape));
      }
    }
  }

  private static double score(
      Collection<RunResult> results, String method, Implementation implementation, Shape shape) {
    return results.stream()
        .filter(r -> r.getParams().getBenchmark().endsWith("." + method))
        .filter(r -> r.getParams().getParam("implementation").equals(implementation.name()))
        .filter(r -> r.getParams().getParam("shape").equals(shape.name()))
        .mapToDouble(r -> r.getPrimaryResult().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
