/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The JVM that has a lease.
 *
 * @param host the name of its machine, for people
 * @param machine identifies the machine since its last start, and the space of its process ids;
 *     null where this is not known
 * @param pid the id of its process
 * @param began when the process began; null where this is not known
 */
record LeaseOwner(String host, @Nullable String machine, long pid, @Nullable String began) {

  static LeaseOwner self() {
    ProcessHandle self = ProcessHandle.current();
    return new LeaseOwner(hostName(), thisMachine(), self.pid(), began(self).orElse(null));
  }

  private static Optional<String> began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  /** Processes in containers of one machine do not see each other, and may have the same ids. */
  private static @Nullable String thisMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | RuntimeException e) {
      // Not Linux.
      return null;
    }
  }

  /** Whether it is certain that the process has ended, since it was one of this machine. */
  boolean hasEnded() {
    if (machine == null || began == null || !machine.equals(thisMachine())) {
      return false;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(LeaseOwner::began)
        .filter(began::equals)
        .isEmpty();
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
