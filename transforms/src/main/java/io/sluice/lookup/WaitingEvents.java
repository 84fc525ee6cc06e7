/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.lookup.event.EventForm;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;

/**
 * The events of a task that wait for their answers, in the order of the input. How many there may
 * be is bounded, by their number and their bytes: enough for many requests in flight although most
 * of the answers are known.
 */
final class WaitingEvents {
  private static final int MOST_EVENTS = 1 << 16;
  private static final long MOST_BYTES = 16L << 20;
  private static final int OVERHEAD_BYTES = 200;

  private final Answers answers;
  private final Outcomes outcomes;
  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private long bytes;

  /** Receives what becomes of the events, in their order. */
  interface Outcomes {
    /** Takes an event with the answer to it. */
    void answered(Event event, Answer answer) throws IOException, InvalidItemException;

    /** Takes an event to which nothing can be added. */
    void rejected(Event event, InvalidItemException why);
  }

  /** An event that waits. */
  record Event(EventForm form, Origin origin, byte[] record, byte[] lineEnd, Asked asked) {
    private long heapBytes() {
      return OVERHEAD_BYTES + record.length;
    }
  }

  WaitingEvents(Answers answers, Outcomes outcomes) {
    this.answers = answers;
    this.outcomes = outcomes;
  }

  /** Adds an event; waits while there are too many. */
  void add(Event event) throws IOException, InterruptedException {
    waiting.add(event);
    bytes += event.heapBytes();
    while (waiting.size() > MOST_EVENTS || bytes > MOST_BYTES) {
      settleFirst();
    }
    Event first = waiting.peek();
    while (first != null && first.asked().isDone()) {
      settleFirst();
      first = waiting.peek();
    }
  }

  /** Waits for all of them. */
  void settleAll() throws IOException, InterruptedException {
    while (!waiting.isEmpty()) {
      settleFirst();
    }
  }

  private void settleFirst() throws IOException, InterruptedException {
    Event event = waiting.remove();
    bytes -= event.heapBytes();
    if (!event.asked().isDone() && !event.asked().isSent()) {
      answers.sendOpen();
    }
    Answer answer = await(event.asked());
    try {
      outcomes.answered(event, answer);
    } catch (InvalidItemException e) {
      outcomes.rejected(event, e);
    }
  }

  private static Answer await(Asked asked) throws IOException, InterruptedException {
    Answer answer;
    try {
      answer = asked.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never an exception", e);
    }
    Exception failure = answer.failure();
    if (failure != null) {
      // A new exception, so that the stack trace includes this thread.
      throw new IOException(failure.getMessage(), failure);
    }
    return answer;
  }
}
