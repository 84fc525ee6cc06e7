/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Finds ports of the loopback address that nobody listens on. */
final class Ports {
  private final Set<Integer> taken = new HashSet<>();

  /** Returns a port that is free now, another one each time. */
  int free() {
    while (true) {
      try (ServerSocket socket = open(0)) {
        if (taken.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new ClusterException("there is no free port: " + e.getMessage(), e);
      }
    }
  }

  /**
   * Returns this port, or a free one in place of 0.
   *
   * @throws ClusterException when somebody listens on it
   */
  int given(int port) {
    if (port == 0) {
      return free();
    }
    if (!isFree(port)) {
      throw new ClusterException("port " + port + " is taken: --port=0 takes a free one");
    }
    return port;
  }

  /** Returns this port if it is free, or another one. */
  int preferred(int port) {
    return isFree(port) ? port : free();
  }

  private boolean isFree(int port) {
    try (ServerSocket socket = open(port)) {
      return taken.add(port);
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
