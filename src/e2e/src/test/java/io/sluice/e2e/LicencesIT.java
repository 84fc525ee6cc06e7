/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The licences in the finished jars: ours is the jar's, and each part has its own. */
class LicencesIT {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
  private static final String PARTS = "META-INF/licenses/";

  private static byte[] bytes(ZipFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"direct", "flink", "spark", "flink-cluster", "spark-cluster", "local-aws"})
  void areInTheJar(String profile) throws IOException {
    try (ZipFile jar = jar(profile)) {
      assertThat(
          new String(bytes(jar, "META-INF/LICENSE"), UTF_8),
          is(Files.readString(ROOT.resolve("LICENSE"))));
      assertThat(
          new String(bytes(jar, "META-INF/NOTICE"), UTF_8),
          containsString("The Apache Software Foundation"));
      List<String> others =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches("(META-INF/)?[^/]*(LICENSE|NOTICE|COPYING)[^/]*"))
              .filter(name -> !name.equals("META-INF/LICENSE"))
              .filter(name -> !name.equals("META-INF/NOTICE"))
              .toList();
      assertThat(others, is(empty()));
      boolean cluster = profile.endsWith("-cluster");
      assertThat(parts(jar).stream().anyMatch(part -> part.startsWith("slf4j-api-")), is(!cluster));
      if (!profile.equals("local-aws")) {
        // Its licence was once at the root, and looked like ours.
        assertThat(parts(jar), hasItem(startsWith("args4j-")));
        assertThat(
            parts(jar), hasItem(startsWith("beam-runners-" + profile.replace("-cluster", ""))));
        // It brings no text of a licence, and so has no folder.
        // Spark has its own.
        assertThat(
            named(jar).contains("(com.github.luben:zstd-jni:"),
            is(!profile.equals("spark-cluster")));
      }
      assertThat(named(jar), not(containsString("Unknown license")));
    }
  }

  /** Beam brings another bug-fix release of Flink: no part of that is left. */
  @Test
  void flinkIsOfOneVersion() throws IOException {
    try (ZipFile jar = jar("flink")) {
      Set<String> versions =
          parts(jar).stream()
              .filter(part -> part.matches("flink-(?!shaded).*"))
              .map(part -> part.replaceFirst("^flink-[a-z-]*([0-9.]+)-jar$", "$1"))
              .collect(Collectors.toSet());
      assertThat(versions, is(Set.of("1.19.3")));
    }
  }

  /** Spark brings parts of another version, with fewer classes. */
  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark", "flink-cluster", "spark-cluster"})
  void parquetIsOfOneVersion(String profile) throws IOException {
    try (ZipFile jar = jar(profile)) {
      Set<String> versions =
          Pattern.compile("\\(org\\.apache\\.parquet:[a-z-]+:([^ ]+) ")
              .matcher(named(jar))
              .results()
              .map(part -> part.group(1))
              .collect(Collectors.toSet());
      assertThat(versions, is(Set.of("1.18.1")));
    }
  }

  private static ZipFile jar(String profile) throws IOException {
    return new ZipFile(
        ROOT.resolve("runner-profiles/%s/target/sluice-%s.jar".formatted(profile, profile))
            .toFile());
  }

  /** What licence each part has, by its own POM. */
  private static String named(ZipFile jar) throws IOException {
    return new String(bytes(jar, PARTS + "THIRD-PARTY.txt"), UTF_8);
  }

  /** The jars that went into it and brought a licence. */
  private static Set<String> parts(ZipFile jar) {
    return jar.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(PARTS) && name.indexOf('/', PARTS.length()) > 0)
        .map(name -> name.substring(PARTS.length(), name.indexOf('/', PARTS.length())))
        .collect(Collectors.toSet());
  }
}
