/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whom a night tells about its end: a command or an HTTP server, each of which gets the run as
 * JSON.
 *
 * @param name onSuccess or onFailure
 * @param command a program and its arguments; empty for none
 * @param post where the JSON is sent by HTTP POST; null for nowhere
 */
public record Hook(String name, List<String> command, @Nullable URI post) {
  static final Set<String> NAMES = Set.of("onSuccess", "onFailure");

  public Hook {
    command = List.copyOf(command);
  }

  static Hook of(String name, YamlMap file) {
    YamlMap hook = file.map(name);
    hook.only(name, Set.of("command", "post"));
    List<String> command = hook.texts("command");
    if (file.entry(name).isPresent() && hook.entries().isEmpty()) {
      file.wrong(name, "must have a command, a list of words, or post, a URL");
    }
    return new Hook(name, command, hook.text("post").map(url -> url(url, hook)).orElse(null));
  }

  private static @Nullable URI url(String text, YamlMap hook) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below.
    }
    hook.wrong("post", "must be a URL such as https://example.com/nights");
    return null;
  }
}
