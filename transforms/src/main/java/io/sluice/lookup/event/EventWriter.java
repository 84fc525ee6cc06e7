/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import io.sluice.format.FileStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes the events of a task to staged files: one, unless events have other heads. */
public final class EventWriter implements AutoCloseable {
  private final EventTarget target;
  private final int task;
  private final String attempt = UUID.randomUUID().toString().substring(0, 8);
  private final List<EventFile> done = new ArrayList<>();
  private @Nullable FileStream file;
  private @Nullable EventForm form;
  private String name = "";
  private long events;
  private boolean lineIsOpen;

  public EventWriter(EventTarget target, int task) {
    this.target = target;
    this.task = task;
  }

  /**
   * Writes an event.
   *
   * @param form of its file
   * @param record without its line end
   */
  public void write(EventForm form, byte[] record, byte[] lineEnd) throws IOException {
    if (file == null || !continues(form)) {
      finishFile();
      open(form);
    }
    if (lineIsOpen) {
      file.write('\n');
    }
    file.write(record);
    file.write(lineEnd);
    lineIsOpen = lineEnd.length == 0 || lineEnd[lineEnd.length - 1] != '\n';
    events++;
  }

  private boolean continues(EventForm next) {
    return next == form
        || (next.suffix().equals(form.suffix()) && Arrays.equals(next.head(), form.head()));
  }

  private void open(EventForm first) throws IOException {
    form = first;
    // Sorts behind the first file of the task, whose next character is a dot.
    String number = done.isEmpty() ? "" : String.format(Locale.ROOT, "_%03d", done.size());
    name = String.format(Locale.ROOT, "%s%05d%s%s", EventTarget.PART, task, number, first.suffix());
    // Another attempt writes to other files.
    file = FileStream.create(FileSystems.matchNewResource(target.staging() + staged(), false));
    byte[] head = first.head();
    file.write(head);
    lineIsOpen = head.length > 0 && head[head.length - 1] != '\n';
    events = 0;
  }

  private String staged() {
    return attempt + "-" + name;
  }

  private void finishFile() throws IOException {
    if (file != null) {
      file.close();
      done.add(new EventFile(name, staged(), events, file.position(), file.md5()));
      file = null;
    }
  }

  /** Completes all files, and returns them. */
  public List<EventFile> finish() throws IOException {
    finishFile();
    return done;
  }

  /** Abandons a file that is not complete. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.abandon();
      file = null;
    }
  }
}
