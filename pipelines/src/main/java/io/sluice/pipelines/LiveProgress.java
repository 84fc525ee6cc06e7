/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dynamodb.ReadProgress;
import io.sluice.dynamodb.WriteProgress;
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
 * One line on a terminal that lives while a job runs: items, rates, what is left. It shows the
 * readers or writers of this JVM; elsewhere, and without a terminal, they log a line now and then.
 */
final class LiveProgress implements AutoCloseable {
  private static final int UPDATE_MILLIS = 500;

  /** Rates are those of the last five seconds: of less they would jump. */
  private static final int RATE_OVER_UPDATES = 10;

  private final Watched watched;
  private final ProgressBar bar;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final ArrayDeque<Moment> lately = new ArrayDeque<>();

  /** What is watched of a job. */
  enum Watched {
    WRITES("written", "reading") {
      @Override
      List<Moment> now() {
        return WriteProgress.inThisJvm().stream()
            .map(now -> new Moment(now.written(), now.total(), now))
            .toList();
      }

      @Override
      String rates(Moment now, Moment before) {
        return ((WriteProgress.Moment) now.all()).ratesSince((WriteProgress.Moment) before.all());
      }

      @Override
      void setLogged(boolean wanted) {
        WriteProgress.setLogged(wanted);
      }
    },
    READS("read", "beginning") {
      @Override
      List<Moment> now() {
        return ReadProgress.inThisJvm().stream()
            .map(now -> new Moment(now.evaluated(), now.total(), now))
            .toList();
      }

      @Override
      String rates(Moment now, Moment before) {
        return ((ReadProgress.Moment) now.all()).ratesSince((ReadProgress.Moment) before.all());
      }

      @Override
      void setLogged(boolean wanted) {
        ReadProgress.setLogged(wanted);
      }
    };

    private final String done;
    private final String before;

    Watched(String done, String before) {
      this.done = done;
      this.before = before;
    }

    /** A moment of each table. */
    abstract List<Moment> now();

    abstract String rates(Moment now, Moment before);

    abstract void setLogged(boolean wanted);
  }

  /**
   * A moment of what is watched.
   *
   * @param done items that are done
   * @param total items there are, -1 when that is not known
   * @param all all that is known of it
   */
  private record Moment(long done, long total, Object all) {}

  private LiveProgress(Watched watched) {
    this.watched = watched;
    watched.setLogged(false);
    bar =
        new ProgressBarBuilder()
            .setTaskName(watched.done)
            .setInitialMax(-1)
            .setUnit(" items", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .continuousUpdate()
            .clearDisplayOnFinish()
            .build();
    bar.setExtraMessage(" " + watched.before);
    timer.scheduleAtFixedRate(this::update, UPDATE_MILLIS, UPDATE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Begins one if a person watches; null otherwise, which try-with-resources takes. */
  static @Nullable LiveProgress ifWatched(Watched watched) {
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return terminal ? new LiveProgress(watched) : null;
  }

  private void update() {
    List<Moment> moments = watched.now();
    if (moments.isEmpty()) {
      return;
    }
    Moment now = moments.get(0);
    if (now.total() >= 0) {
      // DynamoDB's count of a table is some hours old.
      bar.maxHint(Math.max(now.total(), now.done()));
    }
    bar.stepTo(now.done());
    if (!lately.isEmpty() && now.done() < lately.getLast().done()) {
      // A session ended, and this is the next.
      lately.clear();
    }
    lately.add(now);
    bar.setExtraMessage(" " + watched.rates(now, lately.peek()));
    if (lately.size() > RATE_OVER_UPDATES) {
      lately.remove();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    bar.close();
    watched.setLogged(true);
  }
}
