/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.write.ChangeSection;
import io.sluice.bench.write.CpuSection;
import io.sluice.bench.write.MemorySection;
import io.sluice.bench.write.Plan;
import io.sluice.bench.write.ThroughputSection;
import io.sluice.bench.write.UtilisationSection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Compares Sluice's write engines with Beam's DynamoDBIO and bare loops on the SDK, in Markdown
 * tables. Each contender runs in a JVM of its own, and so does the local DynamoDB that they write
 * to; it runs on the same machine, and the tables show how much CPU it takes. The exit code is 1
 * unless the endpoint has taken exactly the items that were to be written.
 *
 * <pre>
 *   ./mvnw -q -pl src/bench -am package -DskipTests -Pbench \
 *       -Dbench.mainClass=io.sluice.bench.WriteBenchmark -Dbench.heap=512m \
 *       -Dbench.args="[throughput] [cpu] [utilisation] [change] [memory] [--quick]"
 * </pre>
 *
 * The system property {@code io.sluice.bench.flags} gives further flags to the contenders' JVMs.
 */
public final class WriteBenchmark {
  private static final String HEAP = "1g";

  /**
   * The heap for pipelines: the DirectRunner makes items faster than they may be written, and holds
   * them.
   */
  private static final String HEAP_OF_WAITING_ITEMS = "3g";

  private WriteBenchmark() {}

  /** The tables that can be printed. */
  private enum Section {
    THROUGHPUT {
      @Override
      void print(Plan plan) throws Exception {
        new ThroughputSection(plan, HEAP).print();
      }
    },
    CPU {
      @Override
      void print(Plan plan) throws Exception {
        new CpuSection(plan, HEAP).print();
      }
    },
    UTILISATION {
      @Override
      void print(Plan plan) throws Exception {
        new UtilisationSection(plan, HEAP_OF_WAITING_ITEMS).print();
      }
    },
    CHANGE {
      @Override
      void print(Plan plan) throws Exception {
        new ChangeSection(plan, HEAP_OF_WAITING_ITEMS).print();
      }
    },
    MEMORY {
      @Override
      void print(Plan plan) throws Exception {
        new MemorySection(plan).print();
      }
    };

    abstract void print(Plan plan) throws Exception;
  }

  /** Runs the sections named, or all. */
  public static void main(String[] args) {
    try {
      run(args);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String... args) throws Exception {
    Plan plan = Plan.full();
    Set<Section> sections = EnumSet.noneOf(Section.class);
    for (String arg : args) {
      if (arg.equals("--quick")) {
        plan = Plan.quick();
      } else {
        sections.add(Section.valueOf(arg.toUpperCase(Locale.ROOT)));
      }
    }
    for (Section section : sections.isEmpty() ? EnumSet.allOf(Section.class) : sections) {
      section.print(plan);
    }
  }
}
