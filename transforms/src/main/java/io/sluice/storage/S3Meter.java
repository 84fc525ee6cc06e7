/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts the requests to S3 of a job whose workers are in the JVM that began it. What others send
 * is not known here.
 *
 * @param jvm the JVM
 * @param before what it had sent when the job began
 */
public record S3Meter(String jvm, S3Requests before) implements Serializable {
  private static final String JVM = UUID.randomUUID().toString();
  private static volatile S3Requests begun = S3Requests.ofJvm();

  /** Begins a job. Of several at once in one JVM, each is counted with the others. */
  public static void begin() {
    begun = S3Requests.ofJvm();
  }

  /** Returns the meter of the job that was begun last. */
  public static S3Meter ofJob() {
    return new S3Meter(JVM, begun);
  }

  /** Returns what was sent until now; empty in another JVM than that which began the job. */
  public Optional<S3Requests> count() {
    return jvm.equals(JVM) ? Optional.of(S3Requests.ofJvm().since(before)) : Optional.empty();
  }
}
