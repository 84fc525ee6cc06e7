/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.signature.AccessKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the values of a command line. If an option is given more than once, its last value counts,
 * so that a script's defaults can precede what its user typed.
 */
final class Arguments {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  /** Stands for the value of an option that has none, not even an empty one. */
  private static final String BARE = "\0";

  private final Map<String, List<String>> values;

  private Arguments(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Takes a command line apart, which has no other options than those of {@code known}. */
  static Arguments parse(Set<String> known, String... args) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!known.contains(name)) {
        throw StartException.badOption(
            "'"
                + arg
                + "' is not an option; they are "
                + String.join(", ", new TreeSet<>(known))
                + " and --help");
      }
      values
          .computeIfAbsent(name, first -> new ArrayList<>())
          .add(equals < 0 ? BARE : arg.substring(equals + 1));
    }
    return new Arguments(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Lists all values of an option that adds up, which are separated by commas too. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .toList();
  }

  /** Gives the last value of each option of {@code names} that is there. */
  Map<String, String> only(List<String> names) {
    Map<String, String> only = new LinkedHashMap<>();
    names.stream().filter(this::has).forEach(name -> only.put(name, text(name, "")));
    return only;
  }

  String text(String name, String otherwise) {
    List<String> all = values.get(name);
    if (all == null) {
      return otherwise;
    }
    String last = all.get(all.size() - 1);
    return last.equals(BARE) ? "" : last;
  }

  int port(String name, int otherwise) {
    String value = text(name, String.valueOf(otherwise));
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 0xFFFF) {
        return port;
      }
    } catch (NumberFormatException e) {
      // The same message serves for a number that is no port.
    }
    throw bad(name, "a port from 1 to 65535, or 0 for a free one");
  }

  Path path(String name, String otherwise) {
    String value = text(name, otherwise);
    try {
      if (!value.isEmpty()) {
        return Path.of(value);
      }
    } catch (InvalidPathException e) {
      // The same message serves for an empty value.
    }
    throw bad(name, "the path of a folder");
  }

  boolean flag(String name) {
    List<String> all = values.getOrDefault(name, List.of("false"));
    String value = all.get(all.size() - 1);
    if (value.equals(BARE) || value.equals("true")) {
      return true;
    }
    if (value.equals("false")) {
      return false;
    }
    throw bad(name, "true or false, or without a value for true");
  }

  int whole(String name, int otherwise, int least) {
    return whole(name, otherwise, least, Integer.MAX_VALUE);
  }

  int whole(String name, int otherwise, int least, int most) {
    String value = text(name, String.valueOf(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same message serves for a number that is out of bounds.
    }
    throw bad(
        name,
        "a whole number, " + least + (most == Integer.MAX_VALUE ? " or more" : " to " + most));
  }

  /** Reads a time such as 100ms, 30s, 15m or 4h; 0 is a time, too. */
  Duration duration(String name, Duration otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    String value = text(name, "");
    Matcher matcher = DURATION.matcher(value);
    if (value.equals("0")) {
      return Duration.ZERO;
    }
    if (!matcher.matches()) {
      throw bad(name, "a time such as 500ms, 30s, 15m or 4h");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  /** Reads an address to listen on, which this machine must have. */
  InetAddress address(String name) {
    if (!has(name)) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      if (!text(name, "").isEmpty()) {
        InetAddress address = InetAddress.getByName(text(name, ""));
        new ServerSocket(0, 1, address).close();
        return address;
      }
    } catch (IOException e) {
      // The same message serves for an empty value.
    }
    throw bad(name, "an address of this machine, such as 0.0.0.0");
  }

  /** Reads an access key: its id, a colon and the secret. */
  AccessKey key(String name, AccessKey otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    String value = text(name, "");
    int colon = value.indexOf(':');
    if (colon <= 0 || colon == value.length() - 1) {
      // The value has a secret, perhaps.
      throw StartException.badOption(name + " must be ID:SECRET");
    }
    return new AccessKey(value.substring(0, colon), value.substring(colon + 1));
  }

  private StartException bad(String name, String what) {
    return StartException.badOption(name + " is '" + text(name, "") + "', must be " + what);
  }
}
