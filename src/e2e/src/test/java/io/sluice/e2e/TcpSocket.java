/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A socket of a process, as Linux lists it.
 *
 * @param address its own address and port, in lower-case hexadecimal, as in {@code 0100007f:1f90}
 * @param state in upper-case hexadecimal
 */
record TcpSocket(String address, String state) {
  private static final String LISTENING = "0A";

  /**
   * Lists the sockets of a process.
   *
   * @param process its id, or {@code self}
   */
  static List<TcpSocket> of(String process) {
    Path folder = Path.of("/proc", process);
    try {
      Set<String> own;
      try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
        own = files.map(TcpSocket::target).collect(Collectors.toSet());
      }
      List<TcpSocket> sockets = new ArrayList<>();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (String line : lines(folder.resolve(table))) {
          String[] fields = line.strip().split(" +");
          if (own.contains("socket:[" + fields[9] + "]")) {
            sockets.add(new TcpSocket(fields[1].toLowerCase(Locale.ROOT), fields[3]));
          }
        }
      }
      return sockets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isListening() {
    return state.equals(LISTENING);
  }

  int port() {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }

  private static List<String> lines(Path table) throws IOException {
    return Files.exists(table) ? Files.readAllLines(table) : List.of();
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
