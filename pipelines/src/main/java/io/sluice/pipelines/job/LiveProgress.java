/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.coordination.JobFolder;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.pipelines.cli.Terminal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Shows one line on a terminal while a job runs: items, rates, what is left. */
final class LiveProgress implements RunningProgress {
  private static final int UPDATE_MILLIS = 500;

  /** The time between two listings of the folder. */
  private static final int CLUSTER_MILLIS = 2000;

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
  private final ArrayDeque<ClusterMoment> latelyOfCluster = new ArrayDeque<>();

  /** The work of all JVMs. */
  private record ClusterMoment(long nanos, JobFolder.Done done) {
    String ratesSince(ClusterMoment earlier) {
      double seconds = Math.max(1, nanos - earlier.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      return String.format(
          Locale.ROOT,
          "%,.0f/s, %,.0f units/s, %d JVMs at work",
          Math.max(0, done.items() - earlier.done.items()) / seconds,
          Math.max(0, done.units() - earlier.done.units()) / seconds,
          done.members());
    }
  }

  private LiveProgress(Progress.Kind watched, String before, @Nullable JobFolder folder) {
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
    Runnable update = folder == null ? this::update : () -> updateFrom(folder);
    int every = folder == null ? UPDATE_MILLIS : CLUSTER_MILLIS;
    timer.scheduleWithFixedDelay(update, every, every, TimeUnit.MILLISECONDS);
  }

  /** Starts the line if a person is watching; returns null otherwise. */
  static @Nullable LiveProgress ifWatched(
      Progress.Kind watched, String before, @Nullable JobFolder folder) {
    return Terminal.isWatched() ? new LiveProgress(watched, before, folder) : null;
  }

  private void updateFrom(JobFolder folder) {
    Optional<JobFolder.Done> done;
    try {
      done = folder.done();
    } catch (IOException | RuntimeException e) {
      // The line stays as it is; the workers warn of what lasts.
      return;
    }
    if (done.isEmpty()) {
      return;
    }
    ClusterMoment now = new ClusterMoment(System.nanoTime(), done.get());
    if (now.done.total() >= 0) {
      bar.maxHint(Math.max(now.done.total(), now.done.items()));
    }
    bar.stepTo(now.done.items());
    latelyOfCluster.add(now);
    bar.setExtraMessage(" " + now.ratesSince(latelyOfCluster.getFirst()));
    if (latelyOfCluster.size() > RATE_OVER_UPDATES) {
      latelyOfCluster.remove();
    }
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
