/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.read.ClassArchives;
import io.sluice.bench.read.CpuSection;
import io.sluice.bench.read.Plan;
import io.sluice.bench.read.ThroughputSection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Compares Sluice's export and its scan with Beam's DynamoDBIO and a bare parallel scan on the SDK,
 * in Markdown tables. Each contender reads the whole table in a JVM of its own, with the flags of
 * an export by Sluice's launcher and with an archive of its classes. The local DynamoDB runs in a
 * JVM on the same machine, and the tables show how much CPU it takes. A row is an error, and the
 * exit code 1, unless exactly the items of the table were read, both by the endpoint's books and by
 * the contender's count.
 *
 * <pre>
 *   ./mvnw -q -pl src/bench -am package -DskipTests -Pbench \
 *       -Dbench.mainClass=io.sluice.bench.ReadBenchmark -Dbench.heap=512m \
 *       -Dbench.args="[throughput] [cpu] [--quick] [--items=N] [--itemBytes=N] [--rounds=N]"
 * </pre>
 *
 * The system property {@code io.sluice.bench.flags} gives further flags to the contenders' JVMs.
 */
public final class ReadBenchmark {
  private ReadBenchmark() {}

  /** The tables that can be printed. */
  private enum Section {
    THROUGHPUT {
      @Override
      int print(Plan plan, ClassArchives archives) throws Exception {
        return new ThroughputSection(plan, archives).print();
      }
    },
    CPU {
      @Override
      int print(Plan plan, ClassArchives archives) throws Exception {
        return new CpuSection(plan, archives).print();
      }
    };

    /** Prints the table; returns how many rows are errors. */
    abstract int print(Plan plan, ClassArchives archives) throws Exception;
  }

  /** Runs the sections named, or all. */
  public static void main(String[] args) {
    try {
      System.exit(run(args) == 0 ? 0 : 1);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static int run(String... args) throws Exception {
    Plan plan = Plan.of(args);
    Set<Section> sections = EnumSet.noneOf(Section.class);
    for (String arg : args) {
      if (!arg.startsWith("--")) {
        sections.add(Section.valueOf(arg.toUpperCase(Locale.ROOT)));
      }
    }
    int errors = 0;
    try (ClassArchives archives = ClassArchives.of(plan)) {
      for (Section section : sections.isEmpty() ? EnumSet.allOf(Section.class) : sections) {
        errors += section.print(plan, archives);
      }
    }
    return errors;
  }
}
