/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The environment that Flink prepares for a program that it starts itself: by {@code flink run}, as
 * an application, or from the JobManager's web page; or one like that. It is accessed by name,
 * since only the jar of a runner has Flink's classes.
 */
public final class FlinkContext {
  private static final String API = "org.apache.flink.api.";
  private static final String ATTACHED = "execution.attached";
  private static final String TARGET = "execution.target";

  /** The target of a program that runs inside a JobManager. */
  private static final String EMBEDDED = "embedded";

  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?://)?([^/]+?)(?::(\\d{1,5}))?/?");
  private static final String PORT = "rest.port";
  private static final String DEFAULT_PORT = "8081";

  private final Object environment;

  private FlinkContext(Object environment) {
    this.environment = environment;
  }

  /** Returns the environment; empty when this program was started by anything but Flink. */
  public static Optional<FlinkContext> find() {
    if (!isThere(API + "java.ExecutionEnvironment")) {
      return Optional.empty();
    }
    Object environment = call(environments(), null, "getExecutionEnvironment");
    boolean isPrepared = !type(API + "java.LocalEnvironment").isInstance(environment);
    return isPrepared ? Optional.of(new FlinkContext(environment)) : Optional.empty();
  }

  /**
   * Prepares an environment as Flink's client would, for a program that was started without it and
   * names the cluster. Beam gets it for the master {@code [auto]}; to one that Beam makes by itself
   * no restart strategy can be given. It takes the place of the one that was prepared here before.
   *
   * @param address the host, with the port unless the configuration has it; may begin with http://
   * @param folder the folder of Flink's configuration; null for Flink's own choice
   * @param files the jars that workers need
   */
  public static FlinkContext connect(String address, @Nullable String folder, List<String> files) {
    Class<?> configurations = type("org.apache.flink.configuration.GlobalConfiguration");
    Object configuration =
        folder == null
            ? call(configurations, null, "loadConfiguration")
            : call(configurations, null, "loadConfiguration", folder);
    @SuppressWarnings("unchecked")
    Map<String, String> settings =
        (Map<String, String>) call(configuration.getClass(), configuration, "toMap");
    Matcher master = ADDRESS.matcher(address);
    if (!master.matches()) {
      throw new IllegalArgumentException("'" + address + "' must be HOST:PORT");
    }
    String port =
        master.group(2) == null ? settings.getOrDefault(PORT, DEFAULT_PORT) : master.group(2);
    call(environments(), null, "resetContextEnvironment");
    Object environment =
        call(
            environments(),
            null,
            "createRemoteEnvironment",
            master.group(1),
            Integer.parseInt(port),
            configuration,
            files.toArray(String[]::new));
    FlinkContext context = new FlinkContext(environment);
    context.use();
    return context;
  }

  /** Whether {@link #connect} prepared it. */
  public boolean isConnected() {
    return type(API + "java.RemoteEnvironment").isInstance(environment);
  }

  /** Returns {@code -p}, or else the default of Flink's configuration; -1 when there is neither. */
  public int parallelism() {
    return (Integer) call(environments(), environment, "getParallelism");
  }

  /** Whether the program waits for the end of its job, as without {@code flink run -d}. */
  public boolean isAttached() {
    return Boolean.parseBoolean(configuration().get(ATTACHED));
  }

  /** Whether the program runs inside a JobManager, which would end with it if it ended the JVM. */
  public boolean isInJobManager() {
    return EMBEDDED.equals(configuration().get(TARGET));
  }

  /**
   * Has a job restart after it has failed, for instance because a TaskManager was lost: as Flink's
   * configuration on this machine says, of which a batch job tells its cluster nothing by itself;
   * or else so often.
   *
   * @param attempts how often, 1 or more
   * @param delayMillis how long it waits before that
   */
  public void restart(int attempts, long delayMillis) {
    Class<?> strategies = type(API + "common.restartstrategy.RestartStrategies");
    Object strategy;
    if (configuration().keySet().stream().noneMatch(key -> key.startsWith("restart-strategy"))) {
      strategy = call(strategies, null, "fixedDelayRestart", attempts, delayMillis);
    } else {
      try {
        Object settings = call(environments(), environment, "getConfiguration");
        strategy =
            ((Optional<?>) call(strategies, null, "fromConfiguration", settings)).orElse(null);
      } catch (IllegalStateException e) {
        // It names a class, which is the cluster's to know.
        return;
      }
    }
    if (strategy != null) {
      call(environments(), environment, "setRestartStrategy", strategy);
      use();
    }
  }

  /** Has Beam get this very environment, where Flink would make another one. */
  private void use() {
    Class<?> factory = type(API + "java.ExecutionEnvironmentFactory");
    Object same =
        Proxy.newProxyInstance(
            factory.getClassLoader(),
            new Class<?>[] {factory},
            (proxy, method, arguments) ->
                method.getName().equals("createExecutionEnvironment") ? environment : null);
    call(environments(), null, "initializeContextEnvironment", same);
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> configuration() {
    Object configuration = call(environments(), environment, "getConfiguration");
    return (Map<String, String>) call(configuration.getClass(), configuration, "toMap");
  }

  private static Class<?> environments() {
    return type(API + "java.ExecutionEnvironment");
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name, false, FlinkContext.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, true, FlinkContext.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this Flink has no " + name, e);
    }
  }

  private static Object call(Class<?> type, Object target, String name, Object... arguments) {
    for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
      for (Method method : declaring.getDeclaredMethods()) {
        if (method.getName().equals(name) && takes(method, arguments)) {
          return call(method, target, arguments);
        }
      }
    }
    throw new IllegalStateException(type.getName() + " of this Flink has no " + name);
  }

  private static boolean takes(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      boolean isTaken =
          types[i].isPrimitive()
              ? arguments[i] instanceof Number
              : types[i].isInstance(arguments[i]);
      if (!isTaken) {
        return false;
      }
    }
    return true;
  }

  private static Object call(Method method, Object target, Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(method + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " may not be called", e);
    }
  }
}
