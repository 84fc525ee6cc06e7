/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.NightRun;
import io.sluice.pipelines.night.page.NightPage;
import io.sluice.pipelines.night.page.NightStatus;
import io.sluice.pipelines.night.page.PageFile;
import io.sluice.pipelines.night.page.StepProgress;
import io.sluice.pipelines.night.page.StepReport;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Shows a night as a page, and on what another view shows it. The page is written anew at once when
 * a step begins or ends, some seconds later when one goes on, and from time to time when nothing
 * happens, as a sign of life. That it cannot be written is said once, and decides nothing.
 */
final class PageView implements NightView {
  private static final int EVERY_SECONDS = 3;
  private static final int OLDEST_SECONDS = 15;
  private static final int SECONDS_TO_END = 20;
  private static final int MOST_LINES = 100;

  private final NightView other;
  private final PageFile file;
  private final Night night;
  private final NightRun run;
  private final NightStop stop;
  private final InstantSource clock;
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, StepProgress> progress = new HashMap<>();
  private final ArrayDeque<String> said = new ArrayDeque<>();
  private final Map<String, StepReport> reports = new HashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "night-page");
            thread.setDaemon(true);
            return thread;
          });

  /** Held while the page is written, for which no step waits. */
  private final Object writing = new Object();

  private boolean isOpen = true;
  private boolean hasChanged = true;
  private boolean hasFailed;
  private Instant written = Instant.MIN;

  private PageView(
      NightView other,
      PageFile file,
      Night night,
      NightRun run,
      NightStop stop,
      InstantSource clock) {
    this.other = other;
    this.file = file;
    this.night = night;
    this.run = run;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Writes the page for the first time, and then whenever there is something new.
   *
   * @param other also shows the night
   * @throws JobException when the page cannot be written
   */
  static PageView begin(
      NightView other,
      PageFile file,
      Night night,
      NightRun run,
      NightStop stop,
      InstantSource clock) {
    PageView view = new PageView(other, file, night, run, stop, clock);
    try {
      view.write();
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--page=" + file + " cannot be written: " + UserMessages.oneLine(e), e);
    }
    view.writer.scheduleWithFixedDelay(
        view::update, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    stop.whenStopped(view::end);
    return view;
  }

  @Override
  public void table(String table, String state) {
    synchronized (this) {
      states.put(table, state);
      progress.remove(table);
      hasChanged = true;
    }
    soon();
    other.table(table, state);
  }

  @Override
  public void progress(String table, @Nullable StepProgress now) {
    synchronized (this) {
      if (now == null) {
        progress.remove(table);
      } else {
        progress.put(table, now);
      }
      hasChanged = true;
    }
    other.progress(table, now);
  }

  /** A result may have items, which a page is not for. */
  @Override
  public void result(String table, String line) {
    other.result(table, line);
  }

  @Override
  public void remark(String table, String line) {
    other.remark(table, line);
  }

  @Override
  public void tell(String line) {
    synchronized (this) {
      said.add(line);
      if (said.size() > MOST_LINES) {
        said.remove();
      }
      hasChanged = true;
    }
    soon();
    other.tell(line);
  }

  /** Writes it on a thread of its own: no step waits for a page. */
  private void soon() {
    if (!writer.isShutdown()) {
      writer.execute(this::update);
    }
  }

  /** Writes the page if there is something new, or the last is old. */
  void update() {
    synchronized (writing) {
      if (isDue()) {
        tryToWrite();
      }
    }
  }

  private synchronized boolean isDue() {
    Instant oldest = clock.instant().minusSeconds(OLDEST_SECONDS - EVERY_SECONDS);
    return hasChanged || written.isBefore(oldest);
  }

  private void tryToWrite() {
    try {
      write();
      hasFailed = false;
    } catch (IOException | RuntimeException e) {
      boolean isFirst = !hasFailed;
      hasFailed = true;
      if (isFirst) {
        other.tell("the page " + file + " cannot be written: " + UserMessages.oneLine(e));
      }
    }
  }

  private void write() throws IOException {
    List<LedgerEvent> events = run.state().events();
    NightStatus.reportsIn(events).forEach(this::read);
    file.write(NightPage.of(status(events), file, OLDEST_SECONDS));
  }

  private synchronized NightStatus status(List<LedgerEvent> events) {
    hasChanged = false;
    written = clock.instant();
    return new NightStatus(
        night,
        run.header(),
        events,
        isOpen,
        stop.reason().orElse(null),
        states,
        progress,
        reports,
        List.copyOf(said),
        written);
  }

  private void read(String report) {
    if (!reports.containsKey(report)) {
      try {
        reports.put(report, StepReport.of(run.read(report)));
      } catch (IOException | RuntimeException e) {
        // A step that failed has none.
        reports.put(report, StepReport.NONE);
      }
    }
  }

  /** Writes the last page of this start. */
  private void end() {
    synchronized (this) {
      if (!isOpen) {
        return;
      }
      isOpen = false;
      hasChanged = true;
    }
    writer.execute(this::update);
    writer.shutdown();
    try {
      if (!writer.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
    other.close();
  }
}
