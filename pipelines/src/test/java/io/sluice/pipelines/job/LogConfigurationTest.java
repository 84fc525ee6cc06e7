/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.junit.jupiter.api.Test;

/** Lines that a successful run must not print. */
class LogConfigurationTest {
  private static Filter.Result filter(LoggerConfig logger, String message) {
    return logger
        .getFilter()
        .filter(
            Log4jLogEvent.newBuilder()
                .setLoggerName(logger.getName())
                .setLevel(Level.WARN)
                .setMessage(new ParameterizedMessage(message, "/rejects/.temp-beam/"))
                .build());
  }

  @Test
  void anEmptiedTemporaryFolderIsNoWarning() {
    try (LoggerContext context = Configurator.initialize("test", "classpath:log4j2.xml")) {
      String name = "org.apache.beam.sdk.io.FileBasedSink";
      LoggerConfig logger = context.getConfiguration().getLoggerConfig(name);
      assertThat(logger.getName(), is(name));
      assertThat(
          filter(logger, "Failed to match temporary files under: [{}]."), is(Filter.Result.DENY));
      assertThat(filter(logger, "Something else in [{}]."), is(Filter.Result.NEUTRAL));
    }
  }
}
