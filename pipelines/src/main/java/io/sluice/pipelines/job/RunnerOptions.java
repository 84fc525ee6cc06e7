/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import java.lang.reflect.Method;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Accesses options of runners by name, since only the jar of a runner has their classes. */
public final class RunnerOptions {
  private RunnerOptions() {}

  /** Returns the value of a getter; null when no runner has this option. */
  public static @Nullable Object get(PipelineOptions options, String getter) {
    return call(options, getter);
  }

  /** Sets an option if a runner has it. */
  public static void set(PipelineOptions options, String setter, Object value) {
    call(options, setter, value);
  }

  private static @Nullable Object call(PipelineOptions options, String name, Object... arguments) {
    for (Class<? extends PipelineOptions> type : PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
          try {
            return method.invoke(options.as(type), arguments);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an option of the runner cannot be used: " + name, e);
          }
        }
      }
    }
    return null;
  }
}
