/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import io.sluice.localaws.dynamodb.book.Bookkeeper;
import io.sluice.localaws.dynamodb.book.Bookkeeper.Outcome.Hearing;
import io.sluice.localaws.dynamodb.book.Books;
import io.sluice.localaws.dynamodb.book.Entry;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.fault.Faults;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.service.Outcome;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.service.Responder;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Has another responder answer, and adds capacity, latency, faults and books. */
public final class Rehearsal implements Responder {

  private static final Reply NOTHING = new Reply(200, new byte[0]);

  private final Responder responder;
  private final Throttle throttle;
  private final Faults faults;
  private final Bookkeeper books;
  private volatile Latency latency = Latency.NONE;

  /** Has {@code responder} answer; each of its tables must be {@link #add}ed. */
  public Rehearsal(Responder responder, Throttle throttle, Faults faults, Bookkeeper books) {
    this.responder = responder;
    this.throttle = throttle;
    this.faults = faults;
    this.books = books;
  }

  /** Has what requests do to a table count from now on. */
  public void add(Table table) {
    Metering.meter(table);
    throttle.add(table);
  }

  /** Gives what enforces capacity. */
  public Throttle throttle() {
    return throttle;
  }

  /** Gives what decides which requests go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Gives what keeps the books. */
  public Bookkeeper books() {
    return books;
  }

  /** Says how long answers take. */
  public Latency latency() {
    return latency;
  }

  /** Has answers take so long from now on. */
  public void setLatency(Latency newLatency) {
    latency = newLatency;
  }

  @Override
  public boolean has(String target) {
    return responder.has(target);
  }

  @Override
  public Outcome respond(String target, byte[] body, String region) {
    String operation = target.substring(target.indexOf('.') + 1);
    Optional<Faults.Hit> hit = faults.draw(operation, body);
    Optional<Fault> fault = hit.map(Faults.Hit::fault);
    fault.filter(drawn -> !drawn.isUncertain()).ifPresent(drawn -> books.fault(drawn.name()));
    Entry entry = new Entry(responder.has(target) ? operation : "");
    Outcome outcome =
        fault.isPresent() && fault.get().isBefore()
            ? refuse(fault.get(), entry)
            : perform(target, body, region, hit, entry);
    return outcome.after(latency.draw(operation, faults.split()));
  }

  private Outcome refuse(Fault fault, Entry entry) {
    Outcome outcome =
        switch (fault.kind()) {
          case ERROR -> Outcome.of(Replies.error(fault));
          case RESET_BEFORE -> Outcome.of(NOTHING).by(Outcome.Delivery.DROP);
          case HANG_BEFORE -> Outcome.of(NOTHING).by(Outcome.Delivery.HANG);
          default ->
              Outcome.of(new Reply(fault.status(), fault.text().getBytes(StandardCharsets.UTF_8)));
        };
    books.enter(entry, new Bookkeeper.Outcome(fault.name(), Hearing.HEARD));
    return outcome;
  }

  private Outcome perform(
      String target, byte[] body, String region, Optional<Faults.Hit> hit, Entry entry) {
    Optional<Fault> fault = hit.map(Faults.Hit::fault);
    RequestMeter meter = new RequestMeter(entry, throttle, fault.map(Fault::kind), faults::split);
    Hearing hearing =
        fault.filter(Fault::losesAnswer).isPresent() ? Hearing.UNHEARD : Hearing.HEARD;
    String name = "InternalServerError";
    try {
      Outcome outcome = Metering.with(meter, () -> responder.respond(target, body, region));
      name = name(outcome.reply(), entry);
      return fault.map(drawn -> spoilt(outcome, drawn)).orElse(outcome);
    } finally {
      hit.ifPresent(drawn -> settle(drawn, meter));
      books.enter(entry, new Bookkeeper.Outcome(name, hearing));
    }
  }

  /**
   * Counts a fault that has done something only now, or has its script wait for another request.
   */
  private void settle(Faults.Hit hit, RequestMeter meter) {
    if (hit.fault().isUncertain()) {
      if (meter.happened()) {
        books.fault(hit.fault().name());
      } else {
        faults.missed(hit);
      }
    }
  }

  private static String name(Reply reply, Entry entry) {
    if (reply.status() == 200) {
      return entry.hasRefused() ? Books.PARTLY : Books.OK;
    }
    return Replies.type(reply);
  }

  private static Outcome spoilt(Outcome outcome, Fault fault) {
    Duration time = fault.time();
    return switch (fault.kind()) {
      case RESET_AFTER -> outcome.by(Outcome.Delivery.DROP);
      case HANG_AFTER -> outcome.by(Outcome.Delivery.HANG);
      case CUT -> outcome.by(Outcome.Delivery.CUT);
      case TRICKLE -> outcome.by(Outcome.Delivery.TRICKLE).over(time);
      case DELAY -> outcome.after(time);
      case WRONG_CHECKSUM -> outcome.by(Outcome.Delivery.WRONG_CHECKSUM);
      default -> outcome;
    };
  }
}
