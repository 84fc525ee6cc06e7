/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.coordination.JobFolder;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.pipelines.cli.Console;
import io.sluice.report.SectionJson;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Prints progress as lines of JSON on the standard error while a job runs. Rates are averages over
 * some seconds.
 */
final class JsonProgress implements RunningProgress {
  private static final int EVERY_SECONDS = 2;
  private static final int RATE_OVER_UPDATES = 5;

  private final Progress.Kind watched;
  private final @Nullable JobFolder folder;
  private final Console console;
  private final ArrayDeque<Sum> lately = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "json-progress");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What has been done so far.
   *
   * @param allowed units a second that may be used; null when it is not known
   */
  record Sum(
      long nanos, long items, long total, double units, @Nullable Double allowed, long throttled) {}

  /**
   * A line.
   *
   * @param state always running; lines about the whole program have others
   * @param done what was done with the items: read, written, compared or looked up
   * @param total the items to be done; null when it is not known
   * @param units the read or write units that were taken
   * @param allowed units a second that may be used; null when it is not known
   * @param secondsLeft null when it is not known
   */
  record Line(
      String state,
      String done,
      long items,
      @Nullable Long total,
      double units,
      @Nullable Double allowed,
      double itemsPerSecond,
      double unitsPerSecond,
      long throttled,
      @Nullable Long secondsLeft) {

    static Line of(String done, Sum now, Sum earlier) {
      double seconds = (now.nanos - earlier.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      double items = seconds > 0 ? Math.max(0, now.items - earlier.items) / seconds : 0;
      double units = seconds > 0 ? Math.max(0, now.units - earlier.units) / seconds : 0;
      boolean isKnown = now.total >= 0;
      return new Line(
          "running",
          done,
          now.items,
          isKnown ? Math.max(now.total, now.items) : null,
          now.units,
          now.allowed,
          items,
          units,
          now.throttled,
          isKnown && items > 0 ? Math.round(Math.max(0, now.total - now.items) / items) : null);
    }
  }

  private JsonProgress(Progress.Kind watched, @Nullable JobFolder folder, Console console) {
    this.watched = watched;
    this.folder = folder;
    this.console = console;
  }

  static JsonProgress begin(Progress.Kind watched, @Nullable JobFolder folder, Console console) {
    Progress.setLogged(false);
    JsonProgress progress = new JsonProgress(watched, folder, console);
    progress.nothingYet();
    progress.timer.scheduleWithFixedDelay(
        progress::update, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return progress;
  }

  private synchronized void update() {
    sum().ifPresentOrElse(this::print, this::nothingYet);
  }

  /** The first rate is that since the last time that nothing was done. */
  private synchronized void nothingYet() {
    lately.clear();
    lately.add(new Sum(System.nanoTime(), 0, -1, 0, null, 0));
  }

  private void print(Sum now) {
    if (!lately.isEmpty() && now.items < lately.getLast().items) {
      // A session has ended, and this is the next one.
      lately.clear();
    }
    lately.add(now);
    console.err().println(SectionJson.write(Line.of(watched.done(), now, lately.getFirst())));
    if (lately.size() > RATE_OVER_UPDATES) {
      lately.remove();
    }
  }

  private Optional<Sum> sum() {
    long nanos = System.nanoTime();
    if (folder == null) {
      List<Progress.Moment> moments = TableSession.moments(watched);
      return moments.stream().findFirst().map(JsonProgress::sum);
    }
    try {
      return folder
          .done()
          .map(done -> new Sum(nanos, done.items(), done.total(), done.units(), null, 0));
    } catch (IOException | RuntimeException e) {
      // The next line may have it; the workers warn of what lasts.
      return Optional.empty();
    }
  }

  private static Sum sum(Progress.Moment now) {
    return new Sum(
        now.nanos(),
        now.done(),
        now.total(),
        now.usage().consumedTable(),
        now.usage().allowed(),
        now.usage().throttled());
  }

  /** Prints what was done in the end. */
  @Override
  public void close() {
    timer.shutdownNow();
    update();
    Progress.setLogged(true);
  }
}
