/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jars for clusters: without the engine, with other names for what a cluster may have in other
 * versions, and whole all the same.
 */
class ClusterJarsIT {
  private static final long MOST_BYTES = 60L << 20;

  private static final String SHADED = "io/sluice/shaded/";
  private static final String GLUE = SHADED + "software/amazon/awssdk/services/glue/";

  private static final String GRPC = "org/apache/beam/vendor/grpc/";

  private static final List<String> RELOCATED =
      List.of(
          "software/amazon/awssdk/", "org/apache/avro/", "org/apache/parquet/", "shaded/parquet/");

  private static final Map<String, List<String>> PROVIDED =
      Map.of(
          "flink-cluster",
          List.of(
              "org/apache/flink/",
              "flink-rpc",
              "akka/",
              "org/apache/pekko/",
              "scala/",
              "org/apache/logging/",
              "org/slf4j/"),
          "spark-cluster",
          List.of(
              "org/apache/spark/",
              "org/apache/hadoop/",
              "org/sparkproject/",
              "scala/",
              "com/fasterxml/jackson/core/",
              "com/fasterxml/jackson/databind/",
              "com/github/luben/",
              "org/apache/logging/",
              "org/slf4j/"));

  /** What GlueCatalog asks for. */
  private static final List<String> GLUE_REQUESTS =
      List.of(
          "BatchCreatePartition",
          "BatchDeletePartition",
          "CreateTable",
          "GetTable",
          "UpdatePartition",
          "UpdateTable");

  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void areSmall(String profile) throws IOException {
    assertThat(Files.size(Path.of(Program.jar(profile))), lessThan(MOST_BYTES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void sayThatTheyNeedACluster(String profile) {
    Program alone = Program.startJar(profile, List.of(), List.of("--pipeline=import"));
    alone.mustExitWith(2);
    assertThat(alone.output(), is(""));
    assertThat(
        alone.errors(), startsWith("sluice: this jar leaves the engine to a cluster: submit it"));
    assertThat(alone.errors().lines().count(), is(1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void haveNothingThatTheClusterHas(String profile) throws IOException {
    try (JarFile jar = new JarFile(Program.jar(profile))) {
      List<String> found =
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .map(entry -> entry.getName().replaceFirst("^META-INF/versions/[0-9]+/", ""))
              .filter(name -> startsWithOneOf(PROVIDED.get(profile), name))
              .toList();
      assertThat(found, is(empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void nothingHasANameThatTheClusterMayHave(String profile) throws IOException {
    Set<String> found = new TreeSet<>();
    int relocated = 0;
    try (JarFile jar = new JarFile(Program.jar(profile))) {
      for (JarEntry entry : entries(jar)) {
        String name = entry.getName().replaceFirst("^META-INF/versions/[0-9]+/", "");
        relocated += name.startsWith(SHADED) ? 1 : 0;
        if (startsWithOneOf(RELOCATED, name)) {
          found.add(name);
        }
        if (name.endsWith(".class")) {
          ClassFile file = ClassFile.read(bytes(jar, entry.getName()));
          for (String other : file.classes()) {
            if (startsWithOneOf(RELOCATED, other)) {
              found.add(name + " names " + other);
            }
          }
          for (String text : file.strings()) {
            if (startsWithOneOf(RELOCATED, text.replace('.', '/').replaceFirst("^/", ""))) {
              found.add(name + " says " + text);
            }
          }
        }
      }
    }
    assertThat(relocated, greaterThan(5_000));
    assertThat(found, is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void whatIsNamedInFilesIsThere(String profile) throws IOException {
    List<String> missing = new ArrayList<>();
    int services = 0;
    try (JarFile jar = new JarFile(Program.jar(profile))) {
      for (JarEntry entry : entries(jar)) {
        String name = entry.getName();
        boolean service = name.matches("META-INF/services/[^/]+");
        if (service) {
          services++;
          if (startsWithOneOf(RELOCATED, name.substring(18).replace('.', '/'))) {
            missing.add(name);
          }
        }
        if (service || name.endsWith("/execution.interceptors")) {
          text(jar, name)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .filter(line -> jar.getEntry(line.replace('.', '/') + ".class") == null)
              .forEach(line -> missing.add(name + ": " + line));
        }
      }
    }
    assertThat(services, greaterThan(10));
    assertThat(missing, is(empty()));
  }

  /** Most of Glue is left out. */
  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void whatAnExportNeedsOfGlueIsThere(String profile) throws IOException {
    Set<String> missing = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    try (JarFile jar = new JarFile(Program.jar(profile))) {
      ArrayDeque<String> open = new ArrayDeque<>();
      for (String request : GLUE_REQUESTS) {
        open.add(GLUE + "model/" + request + "Request");
        open.add(GLUE + "model/" + request + "Response");
        open.add(GLUE + "transform/" + request + "RequestMarshaller");
      }
      // To verify the client, the JVM loads the classes of all requests.
      classesOf(jar, GLUE + "DefaultGlueClient").stream()
          .filter(name -> name.matches(GLUE + "model/[^$]*(Request|Exception)"))
          .forEach(open::add);
      while (!open.isEmpty()) {
        String name = open.poll();
        // These name all of Glue, and need what is above.
        if (!seen.add(name) || name.matches(GLUE + "(Default)?Glue(Async)?Client")) {
          continue;
        }
        if (jar.getEntry(name + ".class") == null) {
          missing.add(name);
        } else if (isFollowed(name)) {
          classesOf(jar, name).stream().filter(other -> other.startsWith(GLUE)).forEach(open::add);
        }
      }
    }
    assertThat(seen.size(), greaterThan(300));
    assertThat(missing, is(empty()));
  }

  /** The JobManager writes messages of Beam's model as JSON, by classes that also gRPC has. */
  @ParameterizedTest
  @ValueSource(strings = {"flink-cluster", "spark-cluster"})
  void whatMessagesOfBeamsModelNeedIsThere(String profile) throws IOException {
    Set<String> missing = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    try (JarFile jar = new JarFile(Program.jar(profile))) {
      ArrayDeque<String> open = new ArrayDeque<>();
      entries(jar).stream()
          .map(JarEntry::getName)
          .filter(name -> name.matches(GRPC + "[^/]+/com/google/protobuf/.*[.]class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .forEach(open::add);
      while (!open.isEmpty()) {
        String name = open.poll();
        if (!seen.add(name)) {
          continue;
        }
        if (jar.getEntry(name + ".class") == null) {
          missing.add(name);
        } else {
          classesOf(jar, name).stream().filter(other -> other.startsWith(GRPC)).forEach(open::add);
        }
      }
    }
    assertThat(seen.size(), greaterThan(1_000));
    assertThat(missing, is(empty()));
  }

  /** Of the other requests the class alone is loaded, and nothing that its code names. */
  private static boolean isFollowed(String name) {
    return !name.matches(GLUE + "model/.*(Request|Exception)([$].*)?")
        || GLUE_REQUESTS.stream().anyMatch(r -> name.startsWith(GLUE + "model/" + r + "Request"));
  }

  private static boolean startsWithOneOf(List<String> prefixes, String name) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static List<JarEntry> entries(JarFile jar) {
    return jar.stream().filter(entry -> !entry.isDirectory()).toList();
  }

  private static Set<String> classesOf(JarFile jar, String name) throws IOException {
    return ClassFile.read(bytes(jar, name + ".class")).classes();
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(bytes(jar, name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    }
  }
}
