/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Captures the Error that ended a worker of the DirectRunner. Beam 2.70 logs it and drops it: the
 * wait for the job's end returns RUNNING, and the cause is available nowhere else.
 */
final class DirectErrors extends AbstractAppender implements AutoCloseable {
  private static final String LOGGER = "org.apache.beam.runners.direct.DirectTransformExecutor";

  private final AtomicReference<Error> first = new AtomicReference<>();
  private final @Nullable Logger logger;

  private DirectErrors(@Nullable Logger logger) {
    super("direct-errors", null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
  }

  /** Starts to capture; captures nothing if another logging system is in use. */
  static DirectErrors listen() {
    DirectErrors errors =
        new DirectErrors(LogManager.getLogger(LOGGER) instanceof Logger logger ? logger : null);
    errors.start();
    if (errors.logger != null) {
      errors.logger.addAppender(errors);
    }
    return errors;
  }

  /** Returns the first Error since the start; null for none. */
  @Nullable Error first() {
    return first.get();
  }

  @Override
  public void append(LogEvent event) {
    if (event.getThrown() instanceof Error error) {
      first.compareAndSet(null, error);
    }
  }

  @Override
  public void close() {
    if (logger != null) {
      logger.removeAppender(this);
    }
    stop();
  }
}
