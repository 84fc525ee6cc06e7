/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The arguments that the jar of a runner adds unless they are given: its runner, and settings that
 * it needs. They are lines of the resource {@value #RESOURCE}, each with a comment. {@value #JAR}
 * in one of them stands for the path of the jar.
 *
 * @param defaults arguments of the form {@code --name=value}
 */
public record RunnerDefaults(List<String> defaults) {
  static final String RESOURCE = "/sluice-defaults.args";
  static final String JAR = "{jar}";

  /** Loads the defaults of the running jar; none when it has none. */
  public static RunnerDefaults load() {
    try (InputStream in = RunnerDefaults.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return new RunnerDefaults(List.of());
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), jar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arguments that need the jar are left out where there is none. */
  static RunnerDefaults parse(String resource, Optional<Path> jar) {
    return new RunnerDefaults(
        resource
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("--"))
            .filter(line -> jar.isPresent() || !line.contains(JAR))
            .map(line -> line.replace(JAR, jar.map(Path::toString).orElse("")))
            .toList());
  }

  /** Returns the jar that this class is in; empty when it is in a folder. */
  private static Optional<Path> jar() {
    try {
      CodeSource source = RunnerDefaults.class.getProtectionDomain().getCodeSource();
      if (source == null || source.getLocation() == null) {
        return Optional.empty();
      }
      Path path = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      // Not a file of this machine.
      return Optional.empty();
    }
  }

  /** Returns the arguments, preceded by the defaults that they do not set. */
  public List<String> complete(String[] args) {
    List<String> all = new ArrayList<>();
    for (String argument : defaults) {
      String name = argument.substring(0, argument.indexOf('='));
      boolean given = Arrays.stream(args).anyMatch(a -> a.equals(name) || a.startsWith(name + "="));
      if (!given) {
        all.add(argument);
      }
    }
    all.addAll(Arrays.asList(args));
    return all;
  }
}
