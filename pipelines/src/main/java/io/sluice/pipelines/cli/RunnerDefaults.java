/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments that the jar of a runner adds unless they are given: its runner, and settings that
 * it needs. They are lines of the resource {@value #RESOURCE}, each with a comment.
 *
 * @param defaults arguments of the form {@code --name=value}
 */
public record RunnerDefaults(List<String> defaults) {
  static final String RESOURCE = "/sluice-defaults.args";

  /** Loads the defaults of the running jar; none when it has none. */
  public static RunnerDefaults load() {
    try (InputStream in = RunnerDefaults.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return new RunnerDefaults(List.of());
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RunnerDefaults parse(String resource) {
    return new RunnerDefaults(
        resource.lines().map(String::strip).filter(line -> line.startsWith("--")).toList());
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
