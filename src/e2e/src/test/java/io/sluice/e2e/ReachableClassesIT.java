/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether a runner's jar has every class that our classes name, and that the libraries name which
 * read and write files for us: one that is missing ends a job on the path of an error, where no
 * other test goes.
 */
class ReachableClassesIT {
  private static final List<String> FOLLOWED =
      List.of(
          "io/sluice/",
          "org/apache/avro/",
          "org/apache/parquet/",
          "com/github/luben/",
          "org/xerial/snappy/",
          "io/airlift/compress/",
          "de/siegmar/");

  /**
   * What parquet-hadoop can do with Hadoop's file systems and codecs, which is not asked for. The
   * others are annotations, and a pool of Hadoop's codecs.
   */
  private static final List<String> WITHOUT =
      List.of("org/apache/hadoop/", "org/apache/yetus/", "org/apache/commons/pool/");

  /** Ours, but only by the name that it has there. */
  private static final String RELOCATED_SDK = "io/sluice/shaded/software/";

  /** What a cluster has in place of its jar. */
  private static final Map<String, List<String>> ELSEWHERE =
      Map.of(
          "flink-cluster",
          List.of("org/slf4j/", "org/apache/logging/", "org/apache/commons/compress/"),
          "spark-cluster",
          List.of(
              "org/slf4j/",
              "org/apache/logging/",
              "org/apache/commons/compress/",
              "com/fasterxml/jackson/",
              "com/github/luben/",
              "org/xerial/snappy/"));

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark", "flink-cluster", "spark-cluster"})
  void areAllThere(String profile) throws IOException {
    Map<String, Set<String>> missing = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    try (JarFile jar = new JarFile(Program.jar(profile))) {
      ArrayDeque<String> open = new ArrayDeque<>();
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("io/sluice/") && name.endsWith(".class"))
          .filter(name -> !name.startsWith("io/sluice/shaded/"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .forEach(open::add);
      while (!open.isEmpty()) {
        String from = open.poll();
        if (!seen.add(from)) {
          continue;
        }
        for (String named : namedBy(jar, from)) {
          if (jar.getEntry(named + ".class") != null) {
            if (FOLLOWED.stream().anyMatch(named::startsWith) && !named.startsWith(RELOCATED_SDK)) {
              open.add(named);
            }
          } else if (!isOfJava(named)
              && !isLeftOut(named, from)
              && ELSEWHERE.getOrDefault(profile, List.of()).stream().noneMatch(named::startsWith)) {
            missing.computeIfAbsent(named, name -> new TreeSet<>()).add(from);
          }
        }
      }
    }
    assertThat(seen.size(), greaterThan(1_000));
    assertThat(missing, anEmptyMap());
  }

  private static boolean isLeftOut(String named, String from) {
    // In the jar for Spark it has a name of its own.
    return from.contains("org/apache/parquet/") && WITHOUT.stream().anyMatch(named::startsWith);
  }

  private static boolean isOfJava(String name) {
    try {
      Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Set<String> namedBy(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name + ".class"))) {
      return ClassFile.read(in.readAllBytes()).classes();
    }
  }
}
