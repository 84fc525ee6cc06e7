/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.greaterThan;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
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

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
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
            if (FOLLOWED.stream().anyMatch(named::startsWith)) {
              open.add(named);
            }
          } else if (!isOfJava(named) && !isLeftOut(named, from)) {
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

  /** The classes in the constant pool of a class file, those of arrays by their elements. */
  private static Set<String> namedBy(JarFile jar, String name) throws IOException {
    byte[] bytes;
    try (InputStream in = jar.getInputStream(jar.getEntry(name + ".class"))) {
      bytes = in.readAllBytes();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipBytes(8);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    Set<Integer> classes = new HashSet<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes.add(in.readUnsignedShort());
        case 8, 16, 19, 20 -> in.skipBytes(2);
        case 15 -> in.skipBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
        case 5, 6 -> {
          // They take two places.
          in.skipBytes(8);
          i++;
        }
        default -> throw new IOException(name + " has a constant of kind " + tag);
      }
    }
    Set<String> named = new TreeSet<>();
    for (int index : classes) {
      String text = texts[index];
      if (!text.startsWith("[")) {
        named.add(text);
      } else if (text.endsWith(";")) {
        named.add(text.substring(text.indexOf('L') + 1, text.length() - 1));
      }
    }
    return named;
  }
}
