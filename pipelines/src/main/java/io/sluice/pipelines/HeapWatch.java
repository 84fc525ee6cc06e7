/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.sluice.failure.Errors;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Ends the program in one line when its heap only thrashes: the JVM throws nothing then, and the
 * job would go on for ever.
 */
final class HeapWatch implements AutoCloseable {
  private static final String CONCURRENT = ".*(Cycles|Concurrent.*)";

  private final Thrashing thrashing = new Thrashing(Runtime.getRuntime().maxMemory());
  private final Set<String> heapPools;
  private final Runnable whenThrashing;
  private final List<NotificationEmitter> emitters = new ArrayList<>();
  private final NotificationListener listener = this::collected;

  private HeapWatch(Runnable whenThrashing) {
    this.whenThrashing = whenThrashing;
    this.heapPools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      // What runs beside the threads takes none of their time.
      if (!collector.getName().matches(CONCURRENT)
          && collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
        emitters.add(emitter);
      }
    }
  }

  /** Watches the heap that a job uses; until it is closed it may end the program. */
  static HeapWatch begin() {
    return new HeapWatch(
        () -> {
          System.err.println("sluice: the job failed: " + line());
          Ending.with(ExitCode.FAILED);
        });
  }

  /** What a person is told. */
  static String line() {
    return "the heap is full, and the JVM does nothing but collect it: "
        + Errors.outOfMemory("Java heap space");
  }

  private synchronized void collected(Notification notification, @Nullable Object handback) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    var collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo();
    long used = 0;
    for (var pool : collection.getMemoryUsageAfterGc().entrySet()) {
      used += heapPools.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
    }
    if (thrashing.after(collection.getStartTime(), collection.getEndTime(), used)) {
      whenThrashing.run();
    }
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
