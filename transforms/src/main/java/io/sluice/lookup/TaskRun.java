/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.failure.Rejection;
import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.csv.CsvFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.lookup.event.CsvEvents;
import io.sluice.lookup.event.EventForm;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.EventWriter;
import io.sluice.lookup.event.JsonEvents;
import io.sluice.report.Count;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the events of a task, looks up the key of each, and writes those that are kept. */
final class TaskRun implements WaitingEvents.Outcomes {
  private static final Pattern EXTENSION = Pattern.compile(".*(\\.[a-z0-9]{1,10})");

  private final Answers answers;
  private final LookupSpec spec;
  private final Ledger ledger;
  private final WaitingEvents waiting;
  private final @Nullable EventWriter writer;
  private long read;
  private long skipped;
  private long dropped;
  private long kept;
  private long enriched;

  /** Receives counts and rejections. */
  interface Ledger {
    void count(Count count, long events);

    void reject(Rejection rejection);
  }

  private TaskRun(Answers answers, LookupSpec spec, @Nullable EventWriter writer, Ledger ledger) {
    this.answers = answers;
    this.spec = spec;
    this.writer = writer;
    this.ledger = ledger;
    this.waiting = new WaitingEvents(answers, this);
  }

  /** Does a task to its end. */
  static TaskResult run(EventTask task, Answers answers, LookupSpec spec, Ledger ledger)
      throws IOException, InterruptedException {
    EventTarget target = spec.target();
    if (target == null) {
      return new TaskRun(answers, spec, null, ledger).run(task);
    }
    try (EventWriter writer = new EventWriter(target, task.number())) {
      return new TaskRun(answers, spec, writer, ledger).run(task);
    }
  }

  private TaskResult run(EventTask task) throws IOException, InterruptedException {
    for (FileSlice slice : task.slices()) {
      read(slice);
    }
    waiting.settleAll();
    // At once: an event has little else to do.
    ledger.count(Count.READ, read);
    ledger.count(Count.SKIPPED, skipped);
    ledger.count(Count.DROPPED, dropped);
    LookupCounts counts = new LookupCounts(kept, enriched, 0, 0, 0).plus(answers.takeCounts());
    return new TaskResult(counts, writer == null ? List.of() : writer.finish());
  }

  private void read(FileSlice slice) throws IOException, InterruptedException {
    Events events = Events.open(slice, spec);
    try (RecordReader records = events.records) {
      while (events.next()) {
        read++;
        take(records, events.form);
      }
    }
  }

  private void take(RecordReader records, EventForm form) throws IOException, InterruptedException {
    Map<String, AttributeValue> attributes;
    ItemKey key;
    try {
      attributes = form.key(records);
      if (attributes == null) {
        skipped++;
        return;
      }
      key = ItemKey.of(attributes, spec.schema());
    } catch (InvalidItemException e) {
      ledger.reject(
          Rejection.ofRecord(records.origin(), records.record(), records.recordFormat(), e));
      return;
    }
    waiting.add(
        new WaitingEvents.Event(
            form,
            records.origin(),
            records.record(),
            records.lineEnd(),
            answers.ask(key, attributes)));
  }

  @Override
  public void answered(WaitingEvents.Event event, Answer answer)
      throws IOException, InvalidItemException {
    if (!spec.rules().wanted().keeps(answer.isPresent())) {
      dropped++;
      return;
    }
    boolean hasMore = answer.isPresent() && !answer.texts().isEmpty();
    byte[] record = record(event, hasMore ? answer.texts() : spec.nothingAdded());
    if (writer != null) {
      writer.write(event.form(), record, event.lineEnd());
    }
    kept++;
    enriched += hasMore ? 1 : 0;
  }

  private static byte[] record(WaitingEvents.Event event, List<@Nullable String> texts)
      throws InvalidItemException {
    return texts.isEmpty()
        ? event.form().plain(event.record())
        : event.form().enriched(event.record(), texts);
  }

  @Override
  public void rejected(WaitingEvents.Event event, InvalidItemException why) {
    ledger.reject(
        Rejection.ofRecord(event.origin(), event.record(), event.form().recordFormat(), why));
  }

  /** The events of a slice. */
  private static final class Events {
    private final FileSlice slice;
    private final RecordReader records;
    private final EventForm form;

    private Events(FileSlice slice, RecordReader records, EventForm form) {
      this.slice = slice;
      this.records = records;
      this.form = form;
    }

    /**
     * Opens a slice.
     *
     * @throws UnreadableFileException when the file cannot be read
     */
    static Events open(FileSlice slice, LookupSpec spec) throws UnreadableFileException {
      Format format = spec.format();
      String suffix = suffix(slice.filename(), format);
      try {
        RecordReader records = format.open(slice);
        try {
          EventForm form =
              format instanceof CsvFormat csv
                  ? CsvEvents.of(spec.rules(), suffix, csv, slice, records.recordFormat())
                  : new JsonEvents(spec.rules(), suffix, records.recordFormat());
          return new Events(slice, records, form);
        } catch (IOException | RuntimeException e) {
          records.close();
          throw e;
        }
      } catch (UnreadableFileException e) {
        throw e;
      } catch (IOException e) {
        throw new UnreadableFileException(slice.file(), e);
      } catch (Error e) {
        throw new UnreadableFileException(slice.file(), e);
      }
    }

    boolean next() throws UnreadableFileException {
      try {
        return records.next();
      } catch (UnreadableFileException e) {
        throw e;
      } catch (IOException e) {
        throw new UnreadableFileException(slice.file(), e);
      }
    }

    private static String suffix(String filename, Format format) {
      Matcher extension = EXTENSION.matcher(FileCompression.withoutExtension(filename));
      return extension.matches()
          ? extension.group(1)
          : format instanceof CsvFormat ? ".csv" : ".json";
    }
  }
}
