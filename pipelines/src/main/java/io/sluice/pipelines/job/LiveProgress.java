/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Shows one line on a terminal while a job runs: items, rates, what is left. It covers the readers
 * or writers of this JVM; elsewhere, and without a terminal, they log a line from time to time.
 */
public final class LiveProgress implements AutoCloseable {
  private static final int UPDATE_MILLIS = 500;

  /** Rates are averages over five seconds: over a shorter time they would jump. */
  private static final int RATE_OVER_UPDATES = 10;

  private final Progress.Kind watched;
  private final ProgressBar bar;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final ArrayDeque<Progress.Moment> lately = new ArrayDeque<>();

  private LiveProgress(Progress.Kind watched, String before) {
    this.watched = watched;
    Progress.setLogged(false);
    bar =
        new ProgressBarBuilder()
            .setTaskName(watched.done())
            .setInitialMax(-1)
            .setUnit(" items", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .continuousUpdate()
            .clearDisplayOnFinish()
            .build();
    bar.setExtraMessage(" " + before);
    timer.scheduleAtFixedRate(this::update, UPDATE_MILLIS, UPDATE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts the line if a person is watching; returns null otherwise, which try-with-resources
   * accepts.
   *
   * @param before what the job does before there is progress
   */
  public static @Nullable LiveProgress ifWatched(Progress.Kind watched, String before) {
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return terminal ? new LiveProgress(watched, before) : null;
  }

  private void update() {
    List<Progress.Moment> moments = TableSession.moments(watched);
    if (moments.isEmpty()) {
      return;
    }
    Progress.Moment now = moments.get(0);
    if (now.total() >= 0) {
      // DynamoDB's count of a table is several hours old.
      bar.maxHint(Math.max(now.total(), now.done()));
    }
    bar.stepTo(now.done());
    if (!lately.isEmpty() && now.done() < lately.getLast().done()) {
      // A session has ended, and this is the next one.
      lately.clear();
    }
    lately.add(now);
    bar.setExtraMessage(" " + now.ratesSince(lately.getFirst()));
    if (lately.size() > RATE_OVER_UPDATES) {
      lately.remove();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    bar.close();
    Progress.setLogged(true);
  }
}
