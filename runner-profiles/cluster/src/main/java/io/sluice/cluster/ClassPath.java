/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars of an engine, as the build found them: those that its distribution has, without ours.
 *
 * @param jars absolute paths
 */
public record ClassPath(List<Path> jars) {

  public ClassPath {
    jars = List.copyOf(jars);
  }

  /**
   * Loads what the build of {@code runner-profiles/cluster/NAME} wrote.
   *
   * @throws ClusterException when it has not been built, or the jars are gone since
   */
  public static ClassPath load(String name) {
    String root = System.getProperty("sluice.root");
    if (root == null) {
      throw new ClusterException("the property sluice.root is missing: use ./sluice cluster");
    }
    Path file = Path.of(root, "runner-profiles/cluster", name, "target/class-path.txt");
    List<Path> jars;
    try {
      jars =
          Stream.of(Files.readString(file).strip().split(Pattern.quote(File.pathSeparator)))
              .map(Path::of)
              .toList();
    } catch (IOException e) {
      throw new ClusterException(file + " cannot be read: build it by ./sluice cluster " + name, e);
    }
    for (Path jar : jars) {
      if (!Files.exists(jar)) {
        throw new ClusterException(
            jar + " is gone: delete " + file + ", which ./sluice cluster makes again");
      }
    }
    return new ClassPath(jars);
  }

  /** Returns the version in the name of one of the jars. */
  String versionOf(String artifact) {
    Pattern pattern = Pattern.compile(Pattern.quote(artifact) + "-([0-9][0-9.]*)\\.jar");
    for (Path jar : jars) {
      Matcher matcher = pattern.matcher(jar.getFileName().toString());
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    throw new ClusterException(artifact + " is not among the engine's jars");
  }

  /** Returns the class path in the form that the JVM takes. */
  String text() {
    return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
  }
}
